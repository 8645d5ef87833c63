package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every requirement says what it must: a folder of {@code src/test/resources/policy} is a policy with its policy tests, written
 * as a user writes them. Each expectation is also turned round: a test that cannot fail shows nothing.
 */
class RulesTest {
    private static final Path RESOURCES = Path.of("src/test/resources/policy");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final RegistryConfig REGISTRY =
            RegistryConfig.read(SourceFile.of("registry.yaml", """
                    apiVersion: modelgate.io/v1
                    kind: Registry
                    name: test
                    stages: [uat, prod]
                    roles: {model-risk: [rita, ruth]}
                    people: [{id: robot, bot: true}]
                    stores:
                      - {name: main, url: "file:artifacts"}
                    """)).get();

    static Stream<Path> tests() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("policy.yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void hasTestsToRun() throws IOException {
        assertThat(tests()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("tests")
    void saysWhatItMust(Path file) {
        assertThat(run(file, text(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void noticesWhenARuleSaysSomethingElse(Path file) {
        String turned = text(file)
                .replace("result: pass", "result: TURNED")
                .replaceAll("result: (fail|pending|warn)", "result: pass")
                .replace("result: TURNED", "result: fail");
        int expectations = turned.split("- \\{rule:", -1).length - 1;
        assertThat(run(file, turned)).hasSize(expectations);
    }

    @ParameterizedTest
    @MethodSource("tests")
    void noticesWhenAFindingSaysSomethingElse(Path file) {
        String other = text(file).replaceAll("says: .*}", "says: something that nobody says}");
        int expectations = other.split("something that nobody says", -1).length - 1;
        assertThat(run(file, other)).hasSize(expectations);
    }

    private static List<Finding> run(Path file, String test) {
        String name = file.getParent().getFileName().toString();
        Policy policy = Policy.read(
                        SourceFile.of("policies/" + name + ".yaml", text(file.resolveSibling("policy.yaml"))))
                .get();
        return PolicyTest.read(SourceFile.of("policies/tests/" + file.getFileName(), test))
                .get()
                .run(new Policies(List.of(policy), List.of(), Digest.of("test")), Written.NOWHERE, REGISTRY, NOW);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
