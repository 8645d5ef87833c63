package io.modelgate.format;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML, of which PMML is one. No document type is read, and nothing outside the file. */
final class XmlFile implements Kind {
    private static final int MOST_EVENTS = 3_000_000;

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes bytes = sample.bytes();
        int mark = bytes.has(0, 0xef, 0xbb, 0xbf) ? 3 : 0;
        if (!bytes.has(mark, "<") || !(bytes.has(mark, "<?xml") || bytes.has(mark, "<PMML"))) {
            return;
        }
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(new BytesInputStream(bytes));
            read(xml, notes);
            xml.close();
        } catch (XMLStreamException | RuntimeException e) { // its own exceptions are not all it throws at damaged text
            throw new DamagedException("Its XML is damaged.");
        }
    }

    /** Says what the root is, and of a PMML whether the rest is well-formed. */
    private static void read(XMLStreamReader xml, Notes notes) throws XMLStreamException {
        boolean declared = false;
        for (int i = 0; xml.hasNext(); i++) {
            int event = xml.next();
            declared |= event == XMLStreamConstants.DTD;
            if (event == XMLStreamConstants.START_ELEMENT && notes.format().isEmpty()) {
                if (!xml.getLocalName().equals("PMML")) {
                    notes.is(Format.XML);
                    return;
                }
                notes.is(Format.PMML);
                if (declared) {
                    notes.problem("It declares a document type, which was not read.");
                }
            }
            if (i == MOST_EVENTS) {
                notes.problem("It has more than " + MOST_EVENTS + " elements and texts; the rest was not read.");
                return;
            }
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("not read");
        });
        return factory;
    }
}
