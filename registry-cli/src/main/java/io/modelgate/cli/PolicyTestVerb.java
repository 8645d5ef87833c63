package io.modelgate.cli;

import io.modelgate.PolicyBench;
import io.modelgate.finding.Checked;
import io.modelgate.policy.Policies;
import io.modelgate.policy.PolicyTests;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.PolicyTestReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the policy tests. */
@Command(name = "test", description = "Run the policy tests; -o junit for CI servers.")
final class PolicyTestVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private PolicySource source = new PolicySource();

    @Override
    public Set<OutputFormat> formats() {
        return EnumSet.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML, OutputFormat.JUNIT);
    }

    @Override
    public ExitCode run(Terminal terminal) {
        return source.with(terminal, common, bench -> run(terminal, bench));
    }

    private ExitCode run(Terminal terminal, PolicyBench bench) {
        Checked<List<PolicyTests.Result>> tested = bench.test();
        Findings.show(terminal, tested.findings());
        if (!tested.ok()) {
            return ExitCode.FINDINGS;
        }
        List<PolicyTests.Result> results = tested.get();
        Set<String> untested = PolicyTests.untested(bench.policies().value().orElse(Policies.NONE), results);
        Output.print(
                terminal,
                common.output(),
                PolicyTestReport.document(results, untested),
                () -> PolicyTestReport.text(results, untested),
                Map.of(OutputFormat.JUNIT, () -> PolicyTestReport.junit(results)));
        return results.stream().allMatch(PolicyTests.Result::passed) ? ExitCode.OK : ExitCode.FINDINGS;
    }
}
