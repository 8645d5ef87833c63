package io.modelgate.policy;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.RegistryConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All policy tests of a registry. */
public final class PolicyTests {
    private static final String FOLDER = "policies/tests";

    private PolicyTests() {}

    /**
     * What became of one test.
     *
     * @param path its file
     * @param test the test; empty when the file cannot be read
     * @param findings what is wrong with the file, or what the policy does not say
     */
    public record Result(String path, Optional<PolicyTest> test, List<Finding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }

        public boolean passed() {
            return findings.stream().noneMatch(Finding::blocks);
        }
    }

    /** Runs every test on these policies, in the order of their files. */
    public static List<Result> run(Snapshot snapshot, Policies policies, RegistryConfig registry, Instant now) {
        List<Result> results = new ArrayList<>();
        for (TreeEntry entry : snapshot.list(FOLDER)) {
            snapshot.read(entry.path()).ifPresent(file -> {
                Checked<PolicyTest> test = PolicyTest.read(file);
                List<Finding> findings = new ArrayList<>(test.findings());
                test.value()
                        .ifPresent(read -> findings.addAll(read.run(policies, Written.in(snapshot), registry, now)));
                results.add(new Result(entry.path(), test.value(), findings));
            });
        }
        return results;
    }

    /** The rules, as {@code policy/rule}, that no test expects to say anything but pass: nobody knows whether they can. */
    public static Set<String> untested(Policies policies, List<Result> results) {
        Set<String> rules = new TreeSet<>();
        policies.policies()
                .forEach(policy -> policy.rules().forEach(rule -> rules.add(policy.name() + "/" + rule.id())));
        results.stream()
                .flatMap(result -> result.test().stream())
                .forEach(test -> test.expected().stream()
                        .filter(each -> each.result() != Outcome.PASS)
                        .forEach(each -> rules.remove(test.policy() + "/" + each.rule())));
        return rules;
    }
}
