package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file under {@code manifest/valid} has no finding. Every file under {@code manifest/invalid} has exactly the findings
 * that its comments name: {@code # expect <line>:<column> <rule>: <message>}. The folder is the name of the schema.
 */
class ExamplesTest {
    private static final Path ROOT = Path.of("src/test/resources/manifest");

    static Stream<Path> valid() throws IOException {
        return files("valid");
    }

    static Stream<Path> invalid() throws IOException {
        return files("invalid");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void acceptsAValidExample(Path file) throws IOException {
        assertThat(findings(file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void namesWhatIsWrongAndWhere(Path file) throws IOException {
        String expected = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("# expect "))
                .map(line -> line.substring("# expect ".length()))
                .sorted()
                .collect(Collectors.joining("\n"));
        String found = findings(file).stream()
                .map(each ->
                        each.place().line() + ":" + each.place().column() + " " + each.rule() + ": " + each.message())
                .sorted()
                .collect(Collectors.joining("\n"));
        assertThat(found).isEqualTo(expected).isNotEmpty();
    }

    private static List<Finding> findings(Path file) throws IOException {
        String folder = file.getParent().getFileName().toString();
        SourceFile source = new SourceFile(file.getFileName().toString(), Files.readAllBytes(file));
        return switch (folder) {
            case "registry" -> RegistryConfig.read(source).findings();
            case "model" -> Model.read(source).findings();
            case "lifecycle" -> Lifecycle.read(source).findings();
            case "model-version" -> ModelVersion.read(source).findings();
            case "version-facts" -> VersionFacts.read(source).findings();
            case "stage-pointer" -> StagePointer.read(source).findings();
            case "deployment-target" -> DeploymentTarget.read(source).findings();
            case "yaml" -> YamlReader.read(source).findings();
            default -> Documents.read(kind(folder), source).findings();
        };
    }

    private static Kind kind(String schema) {
        return Arrays.stream(Kind.values())
                .filter(each -> each.schema().equals(schema))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }
}
