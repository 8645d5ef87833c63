package io.modelgate.report;

import io.modelgate.gate.Verdict;

/** Writes a verdict for whoever reads it. */
public final class Report {
    private Report() {}

    /** The verdict in a format; ends with a line break. */
    public static String render(Verdict verdict, OutputFormat format) {
        return String.join("\n", TextReport.lines(verdict)) + "\n";
    }
}
