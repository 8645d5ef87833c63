package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import java.io.PrintStream;

/** Turns what went wrong into what a build log shows: the message and the remedy, and no stack trace. */
final class Failure {
    private Failure() {}

    static AbortException of(RegistryException e) {
        AbortException failure = new AbortException(e.getMessage() + " " + e.remedy());
        failure.initCause(e);
        return failure;
    }

    /** The value, after its findings were shown; those that block end the build. */
    static <T> T orAbort(Checked<T> checked, PrintStream log) throws AbortException {
        checked.findings().forEach(finding -> log.println(line(finding)));
        return checked.value()
                .filter(value -> checked.ok())
                .orElseThrow(() -> new AbortException("Refused: see the findings above."));
    }

    static String line(Finding finding) {
        return "[modelgate] " + finding.severity().word() + ": " + finding;
    }

    /** Something that a user typed, read; what it cannot be ends the build. */
    static <T> T parse(String what, java.util.function.Function<String, T> parse) throws AbortException {
        try {
            return parse.apply(what == null ? "" : what);
        } catch (IllegalArgumentException e) {
            throw new AbortException(String.valueOf(e.getMessage()));
        }
    }
}
