package io.modelgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.manifest.StagePointer.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verdict says that people must do next. */
class NextStepsTest {
    private static final String DOCUMENTED = """
            apiVersion: modelgate.io/v1
            kind: Policy
            name: %s
            appliesTo: {stages: [uat]}
            rules:
              - {id: card, rationale: Readers must know., card: {sections: [%s]}}
            """;

    @TempDir
    private Path folder;

    @Test
    void countsWhatTwoPoliciesAskOnlyOnce() {
        try (GateRegistry registry = new GateRegistry(folder)) {
            registry.merge(
                    Documents.policy(DOCUMENTED.formatted("one", "Limitations")),
                    Documents.policy(DOCUMENTED.formatted("two", "Limitations")),
                    Documents.policy(DOCUMENTED.formatted("three", "Fairness")));
            registry.register("1.0.0");
            registry.promote("1.0.0", "dev");
            Verdict verdict = registry.judge(registry.commit(registry.next("1.0.0", "uat", Reason.PROMOTE)));
            assertThat(verdict.findings()).filteredOn(Finding::blocks).hasSize(3);
            assertThat(verdict.next()).contains("The author has 2 findings to mend; 'modelgate verify' shows them.");
        }
    }
}
