package io.modelgate.report;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Severity;
import io.modelgate.finding.Text;
import io.modelgate.gate.Verdict;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import java.util.List;
import java.util.OptionalInt;

/** The one comment that reviewers see. Everything that a proposal's author wrote is shown as plain text. */
final class MarkdownReport {
    /** By which the comment is found again. */
    static final String MARKER = "<!-- modelgate/gate -->";

    private static final int LONGEST = 65_000;
    private static final String CUT =
            "\n\n*Cut: the report is longer than a comment may be. Run the command below to see all.*\n";
    private static final String SPECIAL = "\\`*_[]#|<>&~@";

    private MarkdownReport() {}

    static String of(Verdict verdict, OptionalInt proposal) {
        StringBuilder text = new StringBuilder(MARKER)
                .append("\n## Modelgate: ")
                .append(word(verdict))
                .append("\n\n");
        verdict.next().forEach(next -> text.append("* ").append(plain(next)).append('\n'));
        rules(verdict.rules(), text);
        findings(verdict.findings(), text);
        String end = "\n<sub>" + plain(verdict.kind()) + " · target `"
                + verdict.basis().target().abbreviated() + "` · head `"
                + verdict.basis().head().abbreviated() + "` · policy `"
                + verdict.policy().abbreviated() + "` · "
                + plain(verdict.basis().validator()) + " · reproduce: `modelgate verify "
                + (proposal.isPresent() ? String.valueOf(proposal.getAsInt()) : "<proposal>") + "`</sub>\n";
        if (text.length() + end.length() > LONGEST) {
            int at = text.lastIndexOf("\n", LONGEST - end.length() - CUT.length());
            text.setLength(at);
            text.append(CUT);
        }
        return text.append(end).toString();
    }

    private static String word(Verdict verdict) {
        return switch (verdict.outcome()) {
            case PASS -> "✅ pass";
            case FAIL -> "❌ fail";
            case PENDING -> "⏳ pending";
        };
    }

    private static void rules(List<RuleResult> rules, StringBuilder text) {
        if (rules.isEmpty()) {
            return;
        }
        text.append("\n| rule | result | value | required | place |\n|---|---|---|---|---|\n");
        for (RuleResult rule : rules) {
            text.append("| ").append(plain(rule.id()));
            text.append(" | ").append(mark(rule.outcome()));
            text.append(" | ").append(plain(rule.line().value()));
            if (rule.outcome() == Outcome.WAIVED) {
                text.append(" (").append(plain(rule.line().rationale())).append(')');
            }
            text.append(" | ").append(plain(rule.line().bound()));
            text.append(" | ").append(place(rule.line().place())).append(" |\n");
        }
    }

    private static void findings(List<Finding> findings, StringBuilder text) {
        List<Finding> shown = findings.stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        text.append("\n### Findings\n\n");
        for (Finding finding : shown) {
            text.append("* **")
                    .append(finding.blocks() ? "must be mended" : "worth a look")
                    .append("** ");
            if (!finding.place().path().isEmpty()) {
                text.append(place(finding.place())).append(": ");
            }
            text.append(plain(finding.message()));
            if (!finding.remedy().isEmpty()) {
                text.append("<br>").append(plain(finding.remedy()));
            }
            text.append('\n');
        }
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "✅ pass";
            case FAIL -> "❌ fail";
            case PENDING -> "⏳ pending";
            case WAIVED -> "🟡 waived";
            case WARN -> "⚠️ warning";
        };
    }

    private static String place(Place place) {
        return place.path().isEmpty() ? "" : plain(place.toString());
    }

    /**
     * The text itself, whatever it is: what Markdown, HTML, mentions and automatic links read something into becomes a numeric
     * reference.
     */
    static String plain(String text) {
        String shown = Text.printable(text);
        StringBuilder safe = new StringBuilder(shown.length() + 16);
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (SPECIAL.indexOf(c) >= 0 || isPartOfLink(shown, i)) {
                safe.append("&#").append((int) c).append(';');
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }

    /** The dot of {@code www.} and the colon of a scheme; not the colon between a path and its line. */
    private static boolean isPartOfLink(String text, int at) {
        char c = text.charAt(at);
        if (c == '.') {
            return at >= 3 && text.regionMatches(true, at - 3, "www", 0, 3);
        }
        boolean number =
                at + 1 < text.length() && (Character.isDigit(text.charAt(at + 1)) || text.charAt(at + 1) == ' ');
        return c == ':' && !number;
    }
}
