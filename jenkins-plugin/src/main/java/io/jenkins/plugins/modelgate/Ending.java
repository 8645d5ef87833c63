package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import hudson.model.Result;
import io.modelgate.finding.Finding;
import io.modelgate.gate.Verdict;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import java.util.List;
import java.util.OptionalInt;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * How a gate ended.
 *
 * @param outcome what becomes of check and build
 * @param reason one line that stands alone, for whoever looks at the build
 * @param markdown the report; empty where nothing was judged
 * @param findings to be shown beside lines
 * @param told whether the host is to hear of it
 */
record Ending(Outcome outcome, String reason, String markdown, List<Finding> findings, boolean told) {
    /** The three ways. */
    enum Outcome {
        PASSED,
        FAILED,
        WAITING
    }

    /** What stands when nothing else was said: the build was aborted, or Jenkins ended. */
    static final Ending STOPPED = failed("The gate was stopped before it was done. Build it again.");

    Ending {
        findings = List.copyOf(findings);
    }

    /** There is nothing to judge. */
    static final Ending NOTHING = new Ending(Outcome.PASSED, "Nothing to judge.", "", List.of(), false);

    static Ending failed(String reason) {
        return new Ending(Outcome.FAILED, reason, "", List.of(), true);
    }

    static Ending of(Verdict verdict, OptionalInt proposal) {
        Outcome outcome = switch (verdict.outcome()) {
            case PASS -> Outcome.PASSED;
            case FAIL -> Outcome.FAILED;
            case PENDING -> Outcome.WAITING;
        };
        String reason = verdict.outcome().word().toUpperCase(java.util.Locale.ROOT) + ": " + first(verdict);
        return new Ending(
                outcome, reason, Report.render(verdict, OutputFormat.MARKDOWN, proposal), verdict.findings(), true);
    }

    private static String first(Verdict verdict) {
        return verdict.findings().stream()
                .filter(finding -> verdict.outcome() == Verdict.Outcome.FAIL && finding.blocks())
                .findFirst()
                .map(Finding::toString)
                .or(() -> verdict.next().stream().findFirst())
                .orElse(verdict.kind());
    }

    /** The same, and only the build says so. */
    Ending untold() {
        return new Ending(outcome, reason, markdown, findings, false);
    }

    /** The same for a build of another commit than the one that was judged: that commit gets no pass of it. */
    Ending ofAnother(String why) {
        return outcome == Outcome.PASSED ? new Ending(Outcome.WAITING, why, markdown, findings, told) : this;
    }

    String title() {
        return switch (outcome) {
            case PASSED -> "Passed";
            case FAILED -> "Failed";
            case WAITING -> "Waiting";
        };
    }

    String summary() {
        return reason;
    }

    /**
     * Ends the build of what did not pass. What waits is ABORTED: branch sources make an error of that on every host, of
     * UNSTABLE and NOT_BUILT on some a success.
     */
    void requirePassed() throws AbortException, FlowInterruptedException {
        switch (outcome) {
            case PASSED -> {}
            case FAILED -> throw new AbortException(reason);
            case WAITING -> throw new FlowInterruptedException(Result.ABORTED, false, new Waiting(reason));
        }
    }

    /** Why a build that waits went no further. */
    static final class Waiting extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Waiting(String reason) {
            this.reason = reason;
        }

        @Override
        public String getShortDescription() {
            return reason;
        }
    }
}
