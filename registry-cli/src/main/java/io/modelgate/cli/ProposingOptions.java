package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.promotion.Plan;
import io.modelgate.promotion.Planned;
import io.modelgate.promotion.Submission;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import io.modelgate.watch.Waiting;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of verbs that propose a change, and what such verbs do with a plan. */
final class ProposingOptions {
    @Option(names = "--merge", description = "Merge by itself once the verdict is pass.")
    private boolean merge;

    @Option(
            names = "--wait",
            description = "Wait until it is merged, and merge it once the verdict is pass. Ctrl-C leaves it open.")
    private boolean wait;

    @Option(
            names = "--interval",
            paramLabel = "<seconds>",
            defaultValue = "15",
            description = "With --wait: how often to look. Default: 15.")
    private int interval = 15;

    @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
    private boolean dryRun;

    @Mixin
    private RequesterOptions requesters = new RequesterOptions();

    /** Whether nothing is to be done. */
    boolean isDryRun() {
        return dryRun;
    }

    /** Whether one of those that say how to propose was given. */
    boolean isUsed() {
        return merge || wait || dryRun;
    }

    /** Plans, shows or applies, and says how it ended. */
    ExitCode submit(Terminal terminal, CommonOptions common, Registry opened, Supplier<Checked<Planned>> planning) {
        Registry registry = requesters.of(opened);
        if (dryRun) {
            return print(terminal, common, registry, planning.get());
        }
        if (interval < 1 || interval > 3_600) {
            throw RegistryException.usage("The interval is " + interval + " seconds.", "Give 1 to 3600.");
        }
        // where registry.yaml names a gate, that one merges, and whoever waits waits for it
        boolean merges = merge
                || (wait && registry.config().host().isGate(registry.host().me()));
        Checked<Submission> submitted = registry.submit(planning, merges);
        Findings.show(terminal, submitted.findings());
        ExitCode code = submitted
                .value()
                .map(done -> Submissions.show(terminal, common, registry, done))
                .orElse(ExitCode.FINDINGS);
        boolean open = submitted
                .value()
                .filter(done -> done.proposal().isPresent() && done.merged().isEmpty())
                .isPresent();
        return wait && open ? await(terminal, common, registry, submitted.get(), merges) : code;
    }

    /** Programs have read the verdict of the beginning on stdout by then; how it went on is told in sentences and the exit code. */
    private ExitCode await(
            Terminal terminal, CommonOptions common, Registry registry, Submission submission, boolean merges) {
        terminal.out().flush();
        Waiting waiting = registry.waiting();
        waiting.add(submission.proposal().orElseThrow(), merges, "");
        while (true) {
            for (Waiting.News news : waiting.look()) {
                if (news instanceof Waiting.News.Line line) {
                    terminal.say("Proposal " + line.number() + " " + line.text());
                } else if (news instanceof Waiting.News.Merged merged) {
                    common.say(
                            terminal,
                            submission.summary() + ": merged"
                                    + merged.commit()
                                            .map(commit -> " as " + commit.abbreviated())
                                            .orElse("") + " (proposal " + merged.number() + ").");
                    return ExitCode.OK;
                } else if (news instanceof Waiting.News.Over over) {
                    over.verdict()
                            .ifPresent(verdict -> common.say(
                                    terminal,
                                    Report.render(verdict, OutputFormat.TEXT, submission.proposal())
                                            .stripTrailing()));
                    terminal.say(over.why());
                    return over.verdict().isPresent() ? ExitCode.FINDINGS : ExitCode.CONFLICT;
                }
            }
            try {
                Thread.sleep(Duration.ofSeconds(interval).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw RegistryException.environment(
                        "Waiting was stopped; proposal " + submission.proposal().orElseThrow() + " is still open.",
                        "Run the same command again to go on waiting.",
                        e);
            }
        }
    }

    private static ExitCode print(
            Terminal terminal, CommonOptions common, Registry registry, Checked<Planned> planned) {
        ExitCode code = Findings.show(terminal, planned.findings());
        planned.value().ifPresent(value -> {
            if (value.plan().isEmpty()) {
                Submissions.showNothing(terminal, common, value.summary());
                return;
            }
            common.say(terminal, value.summary());
            value.plan().map(Plan::steps).ifPresent(steps -> steps.forEach(step -> common.say(terminal, "  " + step)));
        });
        Optional<Verdict> verdict =
                planned.value().flatMap(Planned::plan).map(registry::preview).map(Verdict::unproposed);
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
