package io.modelgate.evidence;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Place;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A model card: a Markdown file, with YAML between two lines of {@code ---} at its start, as Hugging Face has it.
 *
 * @param frontMatter the YAML at the start, where there is some
 * @param sections in the order of the file
 * @param words words of its prose, counted as in {@link Section}
 * @param placeholders the first hundred texts that were left to be replaced, in the front matter too
 * @param place the file
 */
public record Card(
        Optional<Node.Mapping> frontMatter,
        List<Section> sections,
        int words,
        List<Placeholder> placeholders,
        Place place) {
    public Card {
        sections = List.copyOf(sections);
        placeholders = List.copyOf(placeholders);
    }

    /**
     * Reads and checks a card. Text that a reader would not see, HTML that could hide text or run, and links to anywhere
     * but the web are findings; so are bytes that are not UTF-8, more than 1 MiB, and front matter that is no YAML mapping.
     */
    public static Checked<Card> read(SourceFile file) {
        return new CardReader(file).read();
    }

    /** The section of a title; the longest, when several have it. */
    public Optional<Section> section(String title) {
        return sections.stream().filter(each -> each.isTitled(title)).max(Comparator.comparingInt(Section::words));
    }

    /** Whether a section stands inside another one. */
    public boolean isInside(Section inner, Section outer) {
        int from = sections.indexOf(outer);
        int to = sections.indexOf(inner);
        return from < to && sections.subList(from + 1, to + 1).stream().allMatch(each -> each.level() > outer.level());
    }

    /**
     * Whether the front matter says something under a key: neither nothing, nor empty text, nor an empty list, nor text such as
     * {@code ?} or {@code tbd}. A licence that is unknown says nothing either, nor does another one without a name.
     */
    public boolean says(String key) {
        return frontMatter.flatMap(each -> each.get(key)).filter(Card::isSaying).isPresent()
                && (!key.equals("license") || isLicensed());
    }

    private boolean isLicensed() {
        String licence = frontMatter
                .flatMap(each -> each.get("license"))
                .map(each -> each instanceof Node.Text text ? text.value() : "")
                .orElse("");
        return switch (licence.strip().toLowerCase(Locale.ROOT)) {
            case "none", "unknown", "null", "undefined" -> false;
            case "other" -> says("license_name") || says("license_link");
            default -> true;
        };
    }

    private static boolean isSaying(Node node) {
        if (node instanceof Node.Text text) {
            String said = Placeholders.blanked(text.value(), Placeholders.fillers(text.value()));
            return said.codePoints().anyMatch(Character::isLetterOrDigit);
        }
        if (node instanceof Node.Sequence list) {
            return list.items().stream().anyMatch(Card::isSaying);
        }
        return node instanceof Node.Mapping mapping ? !mapping.entries().isEmpty() : !(node instanceof Node.Null);
    }

    /** For the evidence document. */
    Node.Mapping toNode() {
        List<Node.Mapping> titles = sections.stream()
                .map(each -> new MappingBuilder()
                        .text("title", each.title())
                        .number("level", each.level())
                        .number("words", each.words())
                        .build())
                .toList();
        return new MappingBuilder()
                .put("frontMatter", frontMatter.orElseGet(() -> new MappingBuilder().build()))
                .put("sections", MappingBuilder.sequence(titles))
                .number("words", words)
                .number("placeholders", placeholders.size())
                .build();
    }
}
