package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people read of every rule of the policies in {@code src/test/resources/policy}: the line of the table, with its value,
 * bound and place, and each finding with its remedy. {@code judged.txt} beside them is written anew with
 * {@code -Dmodelgate.regenerate=true}.
 */
class JudgedTest {
    static Stream<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(Given.RESOURCES)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void showsWhatTheGoldenFileSays(Path folder) throws IOException {
        Path golden = folder.resolve("judged.txt");
        String shown = shown(folder);
        if (Boolean.getBoolean("modelgate.regenerate")) {
            Files.writeString(golden, shown);
        }
        assertThat(shown).isEqualTo(Files.readString(golden));
    }

    private static String shown(Path folder) throws IOException {
        Policy policy = Given.policyIn(folder);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("policy.yaml"))
                    .sorted()
                    .map(Given::testIn)
                    .map(test -> test.name() + "\n" + shown(policy, test))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String shown(Policy policy, PolicyTest test) {
        RuleJudge judge = new RuleJudge(List.of(), context(test));
        return test.expected().stream()
                .map(PolicyTest.Expectation::rule)
                .distinct()
                .map(id -> shown(judge.judge(policy, policy.rule(id).orElseThrow())))
                .collect(Collectors.joining());
    }

    private static JudgeContext context(PolicyTest test) {
        Circumstances given = test.circumstances();
        return new JudgeContext(
                test.evidence(),
                test.incumbent().map(Checked::of),
                test.stage(),
                new JudgeContext.Occasion(given.now().orElse(Given.NOW), given.reason()),
                given.review(),
                Given.REGISTRY,
                given.around(test.evidence()));
    }

    private static String shown(RuleResult result) {
        RuleResult.Line line = result.line();
        String findings = result.findings().stream().map(JudgedTest::shown).collect(Collectors.joining());
        return "  %s %s: %s | %s | %s | %s\n"
                        .formatted(
                                result.id(),
                                result.outcome().word(),
                                line.title(),
                                line.value(),
                                line.bound(),
                                line.place())
                + findings;
    }

    private static String shown(Finding finding) {
        return "    " + finding.severity() + " " + finding + "\n";
    }
}
