package io.modelgate.report;

import io.modelgate.gate.Verdict;
import java.util.OptionalInt;

/** Writes a verdict for whoever reads it. The same verdict always gives the same bytes. */
public final class Report {
    /** The line by which the gate's comment on a proposal is found again. */
    public static final String MARKER = MarkdownReport.MARKER;

    private Report() {}

    /** The comment on a proposal that asks to be merged elsewhere now, in place of its verdict. */
    public static String retargeted(int proposal, String into) {
        return MarkdownReport.retargeted(proposal, into);
    }

    /** The verdict in a format; ends with a line break. */
    public static String render(Verdict verdict, OutputFormat format) {
        return render(verdict, format, OptionalInt.empty());
    }

    /** The verdict of a proposal in a format; ends with a line break. */
    public static String render(Verdict verdict, OutputFormat format, OptionalInt proposal) {
        return switch (format) {
            case TEXT -> String.join("\n", TextReport.lines(verdict)) + "\n";
            case JSON -> DocumentWriter.json(VerdictDocument.of(verdict));
            case YAML -> DocumentWriter.yaml(VerdictDocument.of(verdict));
            case MARKDOWN -> MarkdownReport.of(verdict, proposal);
            case SARIF -> DocumentWriter.json(SarifReport.of(verdict));
            case JUNIT -> JunitReport.of(verdict);
            case CODE_QUALITY -> DocumentWriter.json(CodeQualityReport.of(verdict));
        };
    }
}
