package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.finding.Checked;
import io.modelgate.gate.Verdict;
import io.modelgate.promotion.Plan;
import io.modelgate.promotion.Planned;
import io.modelgate.promotion.Submission;
import io.modelgate.report.Report;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options of verbs that propose a change, and what such verbs do with a plan. */
final class ProposingOptions {
    @Option(names = "--merge", description = "Merge by itself once the verdict is pass.")
    private boolean merge;

    @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    /** Plans, shows or applies, and says how it ended. */
    ExitCode submit(Terminal terminal, CommonOptions common, Registry registry, Supplier<Checked<Planned>> planning) {
        if (dryRun) {
            return print(terminal, common, registry, planning.get());
        }
        Checked<Submission> submitted = registry.submit(planning, merge);
        Findings.show(terminal, submitted.findings());
        return submitted
                .value()
                .map(done -> Submissions.show(terminal, common, registry, done))
                .orElse(ExitCode.FINDINGS);
    }

    private static ExitCode print(
            Terminal terminal, CommonOptions common, Registry registry, Checked<Planned> planned) {
        ExitCode code = Findings.show(terminal, planned.findings());
        planned.value().ifPresent(value -> {
            common.say(terminal, value.summary());
            value.plan().map(Plan::steps).ifPresent(steps -> steps.forEach(step -> common.say(terminal, "  " + step)));
        });
        Optional<Verdict> verdict = planned.value().flatMap(Planned::plan).map(registry::preview);
        verdict.ifPresent(would -> terminal.out().print(Report.render(would, common.output())));
        return verdict.filter(would -> code == ExitCode.OK)
                .map(ProposingOptions::code)
                .orElse(code);
    }

    /** The exit code that says what a verdict says. */
    static ExitCode code(Verdict verdict) {
        return switch (verdict.outcome()) {
            case PASS -> ExitCode.OK;
            case PENDING -> ExitCode.PENDING;
            case FAIL -> ExitCode.FINDINGS;
        };
    }
}
