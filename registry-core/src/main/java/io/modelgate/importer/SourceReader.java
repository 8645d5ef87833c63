package io.modelgate.importer;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.FindingList;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the bytes of a file as JSON, CSV or a card, by what is in it. */
final class SourceReader {
    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final Pattern FRONT_MATTER =
            Pattern.compile("\\A---[ \\t]*\\r?\\n(.*?)^---[ \\t]*\\r?$", Pattern.DOTALL | Pattern.MULTILINE);

    private SourceReader() {}

    static Checked<Source> read(SourceFile file) {
        Place place = Place.file(file.path());
        if (file.size() > MAX_BYTES) {
            return Checked.refused(Finding.block(
                    "import/too-large",
                    place,
                    "the file has " + file.size() + " bytes, at most " + MAX_BYTES + " are allowed",
                    "Give a file about groups, not people."));
        }
        FindingList findings = new FindingList();
        Optional<Source> source =
                decode(file, place, findings).flatMap(text -> read(file.path(), text, place, findings));
        return findings.isEmpty() ? Checked.of(source.orElseThrow()) : Checked.refused(findings.list());
    }

    private static Optional<Source> read(String path, String text, Place place, FindingList findings) {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            return JsonReader.read(path, text, findings).map(root -> new Source.Json(path, root));
        }
        if (start.startsWith("---")) {
            return card(path, text, place, findings);
        }
        if (start.lines().findFirst().orElse("").contains(",")) {
            Optional<Source> table = TableReader.read(path, text, findings).map(each -> each);
            if (table.isPresent() || !findings.isEmpty()) {
                return table;
            }
        }
        findings.add(
                "import/unknown-file",
                place,
                start.isEmpty()
                        ? "the file is empty"
                        : "the file is neither JSON, nor CSV with a header line, nor a card with front matter",
                "Give a file that one of the tools wrote.");
        return Optional.empty();
    }

    private static Optional<String> decode(SourceFile file, Place place, FindingList findings) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file.bytes()))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            findings.add("import/encoding", place, "the file is not UTF-8", "Save it as UTF-8.");
            return Optional.empty();
        }
    }

    /** The YAML, read as a file whose first line is empty, so that its places are those of the card. */
    private static Optional<Source> card(String path, String text, Place place, FindingList findings) {
        Matcher matcher = FRONT_MATTER.matcher(text);
        if (!matcher.find()) {
            findings.add(
                    "import/card", place, "the front matter is not closed", "End it with a line of '---' on its own.");
            return Optional.empty();
        }
        Checked<Node> yaml = YamlReader.read(SourceFile.of(path, "\n" + matcher.group(1)));
        findings.addAll(yaml.findings());
        Optional<Node.Mapping> mapping = yaml.value().flatMap(Trees::mapping);
        if (yaml.ok() && mapping.isEmpty()) {
            findings.add("import/card", place, "the front matter is not a mapping", "Write 'key: value' lines in it.");
        }
        return mapping.map(each -> new Source.Card(path, each));
    }
}
