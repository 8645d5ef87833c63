package io.modelgate.cli;

import io.modelgate.gate.Verdict;
import io.modelgate.promotion.Submission;
import io.modelgate.report.Report;

/** Shows how submitting, merging or reviewing ended. */
final class Submissions {
    private Submissions() {}

    static ExitCode show(Terminal terminal, CommonOptions common, Submission done) {
        if (done.verdict().isEmpty()) {
            terminal.data(done.summary());
            return ExitCode.OK;
        }
        Verdict verdict = done.verdict().get();
        if (done.merged().isPresent()) {
            terminal.data(done.summary() + ": merged as "
                    + done.merged().get().abbreviated() + " (proposal "
                    + done.proposal().getAsInt() + ").");
            return ExitCode.OK;
        }
        terminal.data(done.summary()
                + (done.proposal().isPresent()
                        ? ": proposal " + done.proposal().getAsInt() + " is open."
                        : ": refused, nothing was proposed."));
        terminal.out().print(Report.render(verdict, common.output(), done.proposal()));
        return ProposingOptions.code(verdict);
    }

    static void showReview(Terminal terminal, int proposal, Verdict verdict) {
        terminal.data("Recorded. Proposal " + proposal + " is now: "
                + verdict.outcome().word() + ".");
        verdict.next().forEach(next -> terminal.data("  next: " + next));
    }
}
