package io.modelgate.manifest;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import java.util.Optional;

/**
 * Reads one YAML 1.2 document as a tree with places and refuses what two readers could understand differently: anchors,
 * aliases, tags, duplicate keys, several documents, directives, tabs, hidden characters, ambiguous unquoted words.
 */
public final class YamlReader {
    /** The largest document, in bytes, unless {@link Kind#maxBytes} says otherwise. */
    public static final int MAX_BYTES = 1 << 20;
    /** The deepest nesting of lists and mappings. */
    public static final int MAX_DEPTH = 50;

    private YamlReader() {}

    /** The document's root; never throws, whatever the bytes. */
    public static Checked<Node> read(SourceFile file) {
        return read(file, MAX_BYTES);
    }

    static Checked<Node> read(SourceFile file, int maxBytes) {
        if (file.size() > maxBytes) {
            return Checked.refused(Finding.block(
                    "yaml/too-large",
                    Place.file(file.path()),
                    "the file has " + file.size() + " bytes, at most " + maxBytes + " are allowed",
                    "Keep data out of the registry: put it into an artifact and refer to it."));
        }
        FindingList findings = new FindingList();
        Optional<String> text = Utf8.decode(file, findings);
        if (text.isEmpty()) {
            return Checked.refused(findings.list());
        }
        String clean = Characters.check(file.path(), text.get(), findings);
        Optional<Node> root = new NodeReader(file.path(), findings).read(clean);
        return findings.isEmpty() ? Checked.of(root.orElseThrow()) : Checked.refused(findings.list());
    }
}
