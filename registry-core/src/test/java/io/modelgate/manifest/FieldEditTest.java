package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A field is changed; every other byte stays. */
class FieldEditTest {
    private static final String FILE = """
            # the first line
            name: x   # what it is
            previous: {version: 1.0.0, manifest: "a"} # before
            owners:   # who
            - alice
            - bob # second
            purpose: |
              One.

              Two.

            empty:
            rules:
              - id: one   # the first
                atLeast: 0.7
              # between
              - id: two
            entries: []
            last: {a: [1, 2,], b: }
            # the end
            """;

    @Test
    void replacesTextAndKeepsItsComment() {
        assertThat(edited("name", "y: z")).isEqualTo(FILE.replace("name: x ", "name: \"y: z\" "));
    }

    @Test
    void replacesInsideAFlowMapping() {
        assertThat(edited("previous/version", "1.10")).isEqualTo(FILE.replace("1.0.0", "\"1.10\""));
    }

    @Test
    void appendsToAFlowMapping() {
        assertThat(edited("previous/note", "n")).isEqualTo(FILE.replace("\"a\"}", "\"a\", note: n}"));
    }

    @Test
    void appendsToABlockListWithoutIndentation() {
        assertThat(edited("owners/-", "carol")).isEqualTo(FILE.replace("# second\n", "# second\n- carol\n"));
    }

    @Test
    void replacesAnItemOfAList() {
        assertThat(edited("owners/1", "carol")).isEqualTo(FILE.replace("- bob", "- carol"));
    }

    @Test
    void replacesALiteral() {
        assertThat(edited("purpose", "Three.\n\nFour.\n"))
                .isEqualTo(FILE.replace("  One.\n\n  Two.\n\n", "  Three.\n\n  Four.\n"));
    }

    @Test
    void fillsAnEmptyValue() {
        assertThat(edited("empty", "full")).isEqualTo(FILE.replace("empty:\n", "empty: full\n"));
    }

    @Test
    void changesAFieldOfAMappingInAList() {
        assertThat(edited("rules/0/id", "eins")).isEqualTo(FILE.replace("id: one ", "id: eins "));
    }

    @Test
    void appendsAFieldToAMappingInAList() {
        assertThat(edited("rules/1/severity", "warn"))
                .isEqualTo(FILE.replace("- id: two\n", "- id: two\n    severity: warn\n"));
    }

    @Test
    void startsABlockWhereAListWasEmpty() {
        Node entry = new MappingBuilder()
                .text("version", "1.0.0")
                .text("action", "yank")
                .build();
        assertThat(edited("entries/-", entry))
                .isEqualTo(FILE.replace("entries: []\n", "entries:\n  - {version: 1.0.0, action: yank}\n"));
    }

    @Test
    void appendsToAFlowListWithATrailingComma() {
        assertThat(edited("last/a/-", "3")).isEqualTo(FILE.replace("[1, 2,]", "[1, 2, \"3\",]"));
    }

    @Test
    void fillsAnEmptyValueInAFlowMapping() {
        assertThat(edited("last/b", "c")).isEqualTo(FILE.replace("b: }", "b: c }"));
    }

    @Test
    void appendsAtTheEndOfTheDocument() {
        assertThat(edited("note", "n")).isEqualTo(FILE.replace("b: }\n", "b: }\nnote: n\n"));
    }

    @Test
    void addsTheMappingsOnTheWay() {
        assertThat(edited("a/b/c", "d")).isEqualTo(FILE.replace("b: }\n", "b: }\na: {b: {c: d}}\n"));
    }

    @Test
    void replacesABlockListAndKeepsTheCommentOfItsKey() {
        Node owners = MappingBuilder.sequence(List.of(MappingBuilder.textNode("dora")));
        assertThat(edited("owners", owners)).isEqualTo(FILE.replace("- alice\n- bob # second", "- dora # second"));
    }

    @Test
    void keepsWindowsLineEnds() {
        String windows = FILE.replace("\n", "\r\n");
        assertThat(edited(windows, "rules/1/severity", MappingBuilder.textNode("warn")))
                .isEqualTo(FILE.replace("- id: two\n", "- id: two\n    severity: warn\n")
                        .replace("\n", "\r\n"));
    }

    @Test
    void appendsToAFileWithoutALastLineEnd() {
        assertThat(edited("a: 1", "b", MappingBuilder.textNode("c"))).isEqualTo("a: 1\nb: c\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: &x 1\n", "", "- a\n- b\n"})
    void refusesAFileThatHasNoSuchPlace(String text) {
        assertThatThrownBy(() -> edited(text, "b/c", MappingBuilder.textNode("c")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsBackWhatItChangedWhereverThatIs() {
        Random random = new Random(7);
        for (int round = 0; round < 1000; round++) {
            List<List<String>> paths = new ArrayList<>();
            Node root = YamlReader.read(SourceFile.of("f", FILE)).get();
            collect(root, List.of(), paths);
            List<String> path = paths.get(random.nextInt(paths.size()));
            Node value = RandomNodes.node(random, 2);
            if (BlockWriter.inline(value).contains("\\r")) {
                continue;
            }
            String changed = edited(FILE, String.join("/", path), value);
            assertThat(BlockWriter.inline(
                            YamlReader.read(SourceFile.of("f", changed)).get()))
                    .isEqualTo(BlockWriter.inline(NodeEdit.with(root, path, value)));
        }
    }

    private static void collect(Node node, List<String> path, List<List<String>> paths) {
        if (!path.isEmpty()) {
            paths.add(path);
        }
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((key, value) -> collect(value, with(path, key), paths));
            paths.add(with(path, "new"));
        } else if (node instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                collect(list.items().get(i), with(path, String.valueOf(i)), paths);
            }
            paths.add(with(path, "-"));
        }
    }

    private static List<String> with(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static String edited(String path, String value) {
        return edited(FILE, path, MappingBuilder.textNode(value));
    }

    private static String edited(String path, Node value) {
        return edited(FILE, path, value);
    }

    private static String edited(String file, String path, Node value) {
        return YamlWriter.withField(SourceFile.of("file.yaml", file), List.of(path.split("/")), value)
                .text();
    }
}
