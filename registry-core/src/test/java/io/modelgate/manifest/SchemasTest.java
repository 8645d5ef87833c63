package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.modelgate.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas keep their promises to editors and readers: closed, described, with examples that hold. */
class SchemasTest {
    private static final Map<String, EmbeddedSchema> EMBEDDED = new HashMap<>();
    private static final Path FOLDER = Path.of("../schemas/src/main/resources/modelgate/schemas/v1");

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(each -> each.getFileName().toString().replace(".schema.json", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isAJsonSchemaWithItsOwnAddress(String name) {
        Node schema = SchemaLibrary.text(SchemaLibrary.address(name));
        assertThat(text(schema, "$id")).contains("https://modelgate.io/schemas/v1/" + name + ".schema.json");
        assertThat(text(schema, "$schema")).contains(SchemaEngine.DRAFT);
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SchemaLocation.of(SchemaEngine.DRAFT))
                        .validate(JsonTree.of(schema)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void closesEveryMapping(String name) {
        List<String> open = new ArrayList<>();
        walk(SchemaLibrary.text(SchemaLibrary.address(name)), "#", (at, schema) -> {
            boolean free = at.endsWith("/properties/schema") || at.endsWith("/properties/frontMatter");
            if (schema.get("properties").isPresent()
                    && text(schema, "type").isPresent()
                    && schema.get("additionalProperties").isEmpty()) {
                open.add(at);
            } else if (text(schema, "type").equals(Optional.of("object"))
                    && schema.get("additionalProperties").isEmpty()
                    && !free) {
                open.add(at);
            }
        });
        assertThat(open).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void titlesAndDescribesEveryField(String name) {
        List<String> bare = new ArrayList<>();
        walk(SchemaLibrary.text(SchemaLibrary.address(name)), "#", (at, schema) -> {
            boolean field = at.matches(".*/properties/[^/]+") && !at.contains("/then/") && !at.contains("/if/");
            boolean described = Stream.of("title", "description")
                    .allMatch(key -> text(schema, key).isPresent());
            boolean sentence = text(schema, "description")
                    .filter(each -> each.endsWith("."))
                    .isPresent();
            if (field && !(described && sentence)) {
                bare.add(at);
            }
        });
        assertThat(bare).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void showsAnExampleThatIsValid(Kind kind) {
        Node.Mapping example = (Node.Mapping) example(kind.schema());
        SourceFile file = SourceFile.of("example.yaml", YamlWriter.write(example));
        List<Finding> findings = switch (kind) {
            case REGISTRY -> RegistryConfig.read(file).findings();
            case MODEL -> Model.read(file).findings();
            case LIFECYCLE -> Lifecycle.read(file).findings();
            case MODEL_VERSION -> ModelVersion.read(file).findings();
            case STAGE_POINTER -> StagePointer.read(file).findings();
            case DEPLOYMENT_TARGET -> DeploymentTarget.read(file).findings();
            default -> Documents.read(kind, file).findings();
        };
        assertThat(findings).isEmpty();
    }

    @Test
    void showsAnExampleOfEachOtherDocumentThatIsValid() {
        for (String document : DocumentSchemas.NAMES) {
            assertThat(SchemaLibrary.check(document, example(document)))
                    .as(document)
                    .isEmpty();
        }
    }

    /** Everything in the folder is either of a kind of file, such a document, or what these have in common. */
    @Test
    void areAllKnown() throws IOException {
        assertThat(names().filter(name -> !name.equals("common")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Arrays.stream(Kind.values()).map(Kind::schema), DocumentSchemas.NAMES.stream())
                                .toList());
    }

    /** Shape is said twice, in a pattern for editors and in Java; both must say the same. */
    @Test
    void agreesWithTheRecordsAboutNames() {
        List<String> words = List.of(
                "",
                "a",
                "credit",
                "a-b",
                "-a",
                "a-",
                "A",
                "a_b",
                "ä",
                "a\n",
                "a".repeat(63),
                "a".repeat(64),
                "a/b",
                "a/b/c",
                "/",
                "a/",
                "1.0.0",
                "1.0.0-rc.1",
                "1.0.0-01",
                "01.0.0",
                "1.0",
                "1.0.0+b",
                "1.0.0\n",
                "1.0.0-",
                "a.b",
                "a..b",
                "a.lock",
                "a.",
                ".a",
                "Alice_B",
                "a@b",
                "sha256:" + "a".repeat(64),
                "sha256:" + "A".repeat(64),
                "sha256:" + "a".repeat(63),
                "../a",
                "a//b",
                "a/../b",
                "a/..",
                "..",
                ".",
                "...",
                "a\\b",
                "a b",
                "/a",
                "a\nb",
                "x/.y",
                "x/..y",
                "P1D",
                "P7DT12H",
                "PT5M",
                "P",
                "PT",
                "P1W",
                "1 week",
                "P1DT",
                "2026-11-23",
                "2026-02-30",
                "26-1-1");
        StringBuilder different = new StringBuilder();
        for (String word : words) {
            different.append(agree("name", word, Names::isName));
            different.append(agree("modelName", word, parses(ModelName::parse)));
            different.append(agree("version", word, parses(Version::parse)));
            different.append(agree("digest", word, parses(Digest::parse)));
            different.append(agree("userId", word, parses(UserId::new)));
            different.append(agree("artifactPath", word, parses(Artifact::requirePath)));
            different.append(agree("duration", word, parses(Duration::parse)));
            different.append(agree("date", word, parses(LocalDate::parse)));
        }
        assertThat(different.toString()).isEmpty();
    }

    private static String agree(String definition, String word, Predicate<String> java) {
        String schema = "{$ref: '" + "#/$defs/" + definition + "', $defs: "
                + BlockWriter.inline(new FieldPath(List.of("$defs"))
                        .in(SchemaLibrary.text(SchemaLibrary.address("common")))
                        .orElseThrow())
                + "}";
        EmbeddedSchema embedded = EMBEDDED.computeIfAbsent(
                definition,
                each -> EmbeddedSchema.of(
                                YamlReader.read(SourceFile.of("s", schema)).get())
                        .get());
        boolean accepted = embedded.check(MappingBuilder.textNode(word)).isEmpty();
        return accepted == java.test(word) ? "" : definition + " '" + word + "' " + accepted + "\n";
    }

    private static Predicate<String> parses(Function<String, ?> parse) {
        return word -> {
            try {
                return parse.apply(word) != null;
            } catch (IllegalArgumentException | DateTimeException e) {
                return false;
            }
        };
    }

    private static Node example(String name) {
        return new FieldPath(List.of("examples", "0"))
                .in(SchemaLibrary.text(SchemaLibrary.address(name)))
                .orElseThrow();
    }

    private interface Visitor {
        void visit(String at, Node.Mapping schema);
    }

    /** Visits every mapping of the schema, whether it is a schema itself or a map of schemas, examples aside. */
    private static void walk(Node node, String at, Visitor visitor) {
        if (node instanceof Node.Mapping mapping) {
            visitor.visit(at, mapping);
            mapping.entries().forEach((key, value) -> {
                if (!Arrays.asList("examples", "default", "const", "enum").contains(key)
                        || at.endsWith("/properties")) {
                    walk(value, at + "/" + key, visitor);
                }
            });
        } else if (node instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                walk(list.items().get(i), at + "/" + i, visitor);
            }
        }
    }

    private static Optional<String> text(Node node, String key) {
        return node instanceof Node.Mapping mapping && mapping.get(key).orElse(node) instanceof Node.Text text
                ? Optional.of(text.value())
                : Optional.empty();
    }
}
