package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Severity;
import io.modelgate.gate.Verdict;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import io.modelgate.promotion.Submission;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Shows how submitting, merging or reviewing ended. */
final class Submissions {
    private Submissions() {}

    static ExitCode show(Terminal terminal, CommonOptions common, Registry registry, Submission done) {
        if (done.verdict().isEmpty()) {
            showNothing(terminal, common, done.summary());
            return ExitCode.OK;
        }
        Verdict verdict = done.verdict().get();
        if (done.merged().isPresent()) {
            common.say(
                    terminal,
                    done.summary() + ": merged as " + done.merged().get().abbreviated() + " (proposal "
                            + done.proposal().getAsInt() + ").");
            if (common.output() != OutputFormat.TEXT) {
                terminal.out().print(Report.render(verdict, common.output(), done.proposal()));
            }
            warn(terminal, verdict);
            return ExitCode.OK;
        }
        common.say(
                terminal,
                done.summary()
                        + (done.proposal().isPresent()
                                ? ": proposal " + done.proposal().getAsInt() + " is open"
                                        + registry.host()
                                                .page(done.proposal().getAsInt())
                                                .map(page -> ": " + page)
                                                .orElse(".")
                                : ": refused, nothing was proposed."));
        Verdict shown = done.proposal().isPresent() ? verdict : verdict.unproposed();
        terminal.out().print(Report.render(shown, common.output(), done.proposal()));
        return ProposingOptions.code(verdict);
    }

    /** There was nothing to do, and so there is no verdict; programs get a document all the same, where the format has one. */
    static void showNothing(Terminal terminal, CommonOptions common, String why) {
        if (Verb.DOCUMENT.contains(common.output())) {
            Output.print(
                    terminal,
                    common.output(),
                    new MappingBuilder()
                            .text("format", "modelgate.io/nothing-to-do/v1")
                            .text("why", why)
                            .build(),
                    () -> List.of(why));
        } else {
            terminal.say(why);
        }
    }

    /** What was merged although it is worth a look. */
    private static void warn(Terminal terminal, Verdict verdict) {
        Findings.show(
                terminal,
                Stream.concat(
                                verdict.findings().stream(),
                                verdict.rules().stream().flatMap(rule -> rule.findings().stream()))
                        .filter(finding -> finding.severity() == Severity.WARN)
                        .distinct()
                        .toList());
    }

    /** What a review made of a proposal: for programs the verdict alone, which says who must do what next. */
    static void showReview(Terminal terminal, CommonOptions common, Registry registry, int proposal, Verdict verdict) {
        if (common.output() != OutputFormat.TEXT) {
            terminal.say("Recorded. Proposal " + proposal + " is now: "
                    + verdict.outcome().word() + ".");
            terminal.out().print(Report.render(verdict, common.output(), OptionalInt.of(proposal)));
            return;
        }
        terminal.data("Recorded. Proposal " + proposal + " is now: "
                + verdict.outcome().word() + ".");
        verdict.next().forEach(next -> terminal.data("  next: " + next));
        verdict.findings().stream()
                .filter(Finding::blocks)
                .forEach(finding -> terminal.data("  " + finding.severity().word() + ": " + finding));
        boolean byGate = registry.config().host().gate().isPresent(); // the next step says who
        if (verdict.outcome() == Verdict.Outcome.PASS && !byGate) {
            terminal.data("  'modelgate merge " + proposal + "' merges it"
                    + (registry.host().hasGate() ? ", if the host lets you." : "."));
        }
    }

    /** Says when an approval changes nothing: nobody asked for that of this person. */
    static void showUncounted(Terminal terminal, CommonOptions common, UserId me, Verdict verdict) {
        List<RuleResult> asked = verdict.rules().stream()
                .filter(rule ->
                        rule.outcome() == Outcome.PENDING && rule.line().title().startsWith("approval"))
                .filter(rule -> !rule.line().value().contains(me.value()))
                .toList();
        boolean said = verdict.next().stream().anyMatch(next -> next.startsWith("The approval of " + me + " does not"));
        if (said) {
            return;
        }
        asked.forEach(rule -> common.say(
                terminal,
                "  The approval of " + me + " does not count for " + rule.id() + ": asked is "
                        + rule.line().bound() + "."));
    }
}
