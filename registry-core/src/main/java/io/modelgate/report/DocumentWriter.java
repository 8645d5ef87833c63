package io.modelgate.report;

import io.modelgate.manifest.Node;
import io.modelgate.manifest.YamlWriter;
import java.io.StringWriter;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** Writes a result for programs: the same ordered fields as JSON or as YAML. */
public final class DocumentWriter {
    private DocumentWriter() {}

    /** JSON, two spaces deep, with a line break at the end. */
    public static String json(Node document) {
        StringWriter text = new StringWriter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        try (JsonGenerator json = new JsonFactory().createGenerator(new Context(printer), text)) {
            write(document, json);
        }
        return text + "\n";
    }

    /** YAML, block style. */
    public static String yaml(Node.Mapping document) {
        return YamlWriter.write(document);
    }

    private static void write(Node node, JsonGenerator json) {
        if (node instanceof Node.Mapping mapping) {
            json.writeStartObject();
            for (Map.Entry<String, Node> entry : mapping.entries().entrySet()) {
                json.writeName(entry.getKey());
                write(entry.getValue(), json);
            }
            json.writeEndObject();
        } else if (node instanceof Node.Sequence sequence) {
            json.writeStartArray();
            sequence.items().forEach(item -> write(item, json));
            json.writeEndArray();
        } else if (node instanceof Node.Text text) {
            json.writeString(text.value());
        } else if (node instanceof Node.Decimal number) {
            json.writeNumber(number.value());
        } else if (node instanceof Node.Bool bool) {
            json.writeBoolean(bool.value());
        } else {
            json.writeNull();
        }
    }

    /** Nothing but the layout: no object mapper is behind it. */
    private static final class Context extends ObjectWriteContext.Base {
        private final DefaultPrettyPrinter printer;

        Context(DefaultPrettyPrinter printer) {
            this.printer = printer;
        }

        @Override
        public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
