package io.modelgate.evidence;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Characters;
import io.modelgate.manifest.FindingList;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Utf8;
import io.modelgate.manifest.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a card: bytes, front matter, then Markdown. */
final class CardReader {
    private static final Pattern FENCE = Pattern.compile("---[ \\t]*(\\r\\n|\\n|\\z)");
    private static final Pattern CLOSING = Pattern.compile("^---[ \\t]*\\r?$", Pattern.MULTILINE | Pattern.UNIX_LINES);

    private final SourceFile file;
    private final FindingList problems = new FindingList();
    private final List<Placeholder> placeholders = new ArrayList<>();

    CardReader(SourceFile file) {
        this.file = file;
    }

    Checked<Card> read() {
        if (file.size() > YamlReader.MAX_BYTES) {
            return Checked.refused(Finding.block(
                    "card/too-large",
                    Place.file(file.path()),
                    "the card has more than " + YamlReader.MAX_BYTES + " bytes",
                    "Keep data and pictures out of it, and refer to them."));
        }
        Optional<String> text = Utf8.decode(file, problems);
        if (text.isEmpty()) {
            return Checked.refused(problems.list());
        }
        boolean plain = isPlain(text.get());
        int end = endOfFrontMatter(text.get());
        Optional<Node.Mapping> frontMatter = end == 0 ? Optional.empty() : frontMatter(text.get(), end);
        String markdown = blanked(text.get(), end);
        if (!CardSize.isBearable(file.path(), markdown, problems)) {
            return Checked.refused(problems.list());
        }
        CardText body = CardText.read(file.path(), markdown, plain, problems);
        placeholders.addAll(body.placeholders());
        return Checked.of(
                new Card(frontMatter, body.sections(), body.words(), placeholders, Place.file(file.path())),
                problems.list());
    }

    /** Notes hidden characters of the file, in the front matter, code and comments too. */
    private boolean isPlain(String text) {
        boolean plain = true;
        int line = 1;
        int column = 1;
        int point;
        for (int i = 0; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            boolean lineEnd = point == '\n' || (point == '\r' && text.startsWith("\n", i + 1));
            if (!lineEnd && point != '\t' && (Characters.isControl(point) || Characters.isInvisible(text, i))) {
                plain = false;
                problems.add(
                        "card/hidden-character",
                        Place.at(file.path(), line, column),
                        "the hidden character " + Characters.name(point),
                        "Delete the character.");
            }
            column = point == '\n' ? 1 : column + 1;
            line = point == '\n' ? line + 1 : line;
        }
        return plain;
    }

    /** Where the front matter ends, its closing line included; 0 when there is none. */
    private int endOfFrontMatter(String text) {
        Matcher opening = FENCE.matcher(text);
        if (!opening.lookingAt()) {
            return 0;
        }
        Matcher closing = CLOSING.matcher(text);
        if (closing.find(opening.end())) {
            return closing.end();
        }
        problems.add(
                "card/front-matter",
                Place.at(file.path(), 1, 1),
                "the front matter is not closed",
                "End it with a line of '---'.");
        return 0;
    }

    /** The YAML, read as a file whose first line is empty, so that its places are those of the card. */
    private Optional<Node.Mapping> frontMatter(String text, int end) {
        int start = text.indexOf('\n') + 1;
        int last = text.lastIndexOf("---", end);
        String yaml = text.substring(start, Math.max(start, last));
        if (yaml.isBlank()) {
            return Optional.empty();
        }
        Checked<Node> read = YamlReader.read(SourceFile.of(file.path(), "\n" + yaml));
        problems.addAll(read.findings());
        if (read.value().isEmpty()) {
            return Optional.empty();
        }
        if (read.value().get() instanceof Node.Mapping mapping) {
            search(mapping);
            return Optional.of(mapping);
        }
        problems.add(
                "card/front-matter",
                read.value().get().place(),
                "the front matter is not a mapping",
                "Write 'key: value' lines between the lines of '---'.");
        return Optional.empty();
    }

    private void search(Node node) {
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().values().forEach(this::search);
        } else if (node instanceof Node.Sequence list) {
            list.items().forEach(this::search);
        } else if (node instanceof Node.Text text && placeholders.size() < CardText.MOST_PLACEHOLDERS) {
            Placeholders.in(text.value()).stream()
                    .limit(1)
                    .forEach(each -> placeholders.add(new Placeholder(each.text(), text.place())));
        }
    }

    /** The text with nothing but line ends where the front matter was. */
    private static String blanked(String text, int end) {
        return "\n".repeat((int) text.substring(0, end)
                        .chars()
                        .filter(each -> each == '\n')
                        .count())
                + text.substring(end);
    }
}
