package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import io.modelgate.Registry;
import io.modelgate.finding.Severity;
import io.modelgate.gate.Verdict;
import io.modelgate.promotion.Submission;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import java.io.PrintStream;
import java.net.URI;
import java.util.Optional;

/** Shows in a build's log how submitting a change ended. */
final class Submissions {
    private Submissions() {}

    /** Shows it; what the gate fails ends the build. */
    static void show(Registry registry, Submission done, PrintStream log) throws AbortException {
        if (done.verdict().isEmpty()) {
            log.println("[modelgate] " + done.summary());
            return;
        }
        Verdict verdict = done.verdict().get();
        if (done.merged().isPresent()) {
            log.println("[modelgate] " + done.summary() + ": merged as "
                    + done.merged().get().abbreviated() + " (proposal "
                    + done.proposal().orElse(0) + ").");
            verdict.findings().stream()
                    .filter(finding -> finding.severity() == Severity.WARN)
                    .forEach(finding -> log.println("[modelgate] warn: " + finding));
            return;
        }
        log.println("[modelgate] " + done.summary()
                + (done.proposal().isPresent()
                        ? ": proposal " + done.proposal().getAsInt() + " is open"
                                + page(registry, done).map(page -> ": " + page).orElse(".")
                        : ": refused, nothing was proposed."));
        log.print(Report.render(verdict, OutputFormat.TEXT, done.proposal()));
        if (verdict.outcome() == Verdict.Outcome.FAIL) {
            throw new AbortException("The gate refuses it: see the report above.");
        }
    }

    /** The page of its proposal, where the host has one. */
    static Optional<String> page(Registry registry, Submission done) {
        return done.proposal().isPresent()
                ? registry.host().page(done.proposal().getAsInt()).map(URI::toString)
                : Optional.empty();
    }
}
