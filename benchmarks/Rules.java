import io.modelgate.finding.Finding;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import io.modelgate.policy.Policies;
import io.modelgate.policy.Policy;
import io.modelgate.policy.PolicyTest;
import io.modelgate.policy.Written;
import java.time.Instant;
import java.util.List;

/** Judges 100 rules on a version with 50 reports, again and again, and prints the median of the warm runs in seconds. */
public final class Rules {
    private static final String HEAD = "apiVersion: modelgate.io/v1\nkind: ";
    private static final int REPORTS = 25;
    private static final int RULES = 100;

    private Rules() {}

    /** {@code <runs>}: how often; the second half counts. */
    public static void main(String[] args) {
        int runs = Integer.parseInt(args[0]);
        Policies policies = new Policies(
                List.of(Policy.read(SourceFile.of("policies/many.yaml", policy())).get()), List.of(), Digest.of("many"));
        RegistryConfig registry = RegistryConfig.read(SourceFile.of(
                        "registry.yaml",
                        HEAD + "Registry\nname: b\nstages: [uat]\nstores: [{name: main, url: \"file:a\"}]\n"))
                .get();
        PolicyTest test = PolicyTest.read(SourceFile.of("policies/tests/many.yaml", test())).get();
        double[] seconds = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            List<Finding> findings = test.run(policies, Written.NOWHERE, registry, Instant.EPOCH);
            seconds[i] = (System.nanoTime() - start) / 1e9;
            if (!findings.isEmpty()) {
                throw new IllegalStateException(findings.get(0).toString());
            }
        }
        double[] warm = java.util.Arrays.copyOfRange(seconds, runs / 2, runs);
        java.util.Arrays.sort(warm);
        System.out.printf(java.util.Locale.ROOT, "%.6f%n", warm[warm.length / 2]);
    }

    private static String policy() {
        StringBuilder text = new StringBuilder(HEAD + "Policy\nname: many\nappliesTo: {stages: [uat]}\nrules:\n");
        for (int i = 0; i < RULES; i++) {
            text.append("  - {id: r").append(i).append(", rationale: r, ");
            text.append(
                    i % 2 == 0
                            ? "metric: {metric: m" + i % 40 + ", dataset: test, atLeast: 0.1}}\n"
                            : "fairness: {attributes: [sex, age], metric: disparate_impact_ratio, between: [0.5, 2], mode: ci-bound}}\n");
        }
        return text.toString();
    }

    private static String test() {
        StringBuilder text = new StringBuilder(HEAD + "PolicyTest\nname: many\npolicy: many\nstage: uat\nevidence:\n");
        String measured = "      tool: {name: t, version: \"1\"}\n      dataset: {name: d, role: test, rows: 400}\n"
                + "      task: binary-classification\n";
        text.append("  evaluations:\n");
        for (int i = 0; i < REPORTS; i++) {
            text.append("    - id: e").append(i).append('\n').append(measured).append("      metrics:\n");
            for (int m = 0; m < 40; m++) {
                text.append("        - {id: m").append(m).append(", value: 0.9}\n");
            }
        }
        text.append("  fairness:\n");
        for (int i = 0; i < REPORTS; i++) {
            text.append("    - id: f").append(i).append('\n').append(measured).append("      favourable: \"1\"\n      attributes:\n");
            for (String attribute : List.of("sex", "age")) {
                text.append("        - name: ").append(attribute).append("\n          reference: b\n          groups:\n");
                text.append("            - {name: a, n: 200, tp: 120, fp: 30, tn: 30, fn: 20}\n");
                text.append("            - {name: b, n: 200, tp: 125, fp: 28, tn: 30, fn: 17}\n");
            }
            text.append("      metrics: []\n");
        }
        text.append("expect:\n");
        for (int i = 0; i < RULES; i++) {
            text.append("  - {rule: r").append(i).append(", result: pass}\n");
        }
        return text.toString();
    }
}
