package io.modelgate.report;

import io.modelgate.evidence.VersionDiff;
import io.modelgate.finding.Place;
import io.modelgate.finding.Severity;
import io.modelgate.finding.Text;
import io.modelgate.gate.Verdict;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one comment that reviewers see. Everything that a proposal's author wrote is shown as plain text. */
final class MarkdownReport {
    /** By which the comment is found again. */
    static final String MARKER = "<!-- modelgate/gate -->";

    private static final int LONGEST = 65_000;
    private static final int MOST_DIFFERENCES = 20;
    private static final int MOST_PASSED = 8;
    private static final MathContext FOUR_DIGITS = new MathContext(4);
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
        waived(verdict.rules(), text);
        findings(FoundOnce.of(verdict), text);
        verdict.differences().forEach(difference -> difference(difference, text));
        String end = "\n<sub>" + plain(verdict.kind()) + " · target `"
                + verdict.basis().target().abbreviated() + "` · head `"
                + verdict.basis().head().abbreviated() + "` · policy `"
                + verdict.policy().abbreviated() + "` · "
                + plain(verdict.basis().validator())
                + (proposal.isPresent() ? " · reproduce: `modelgate verify " + proposal.getAsInt() + "`" : "")
                + "</sub>\n";
        if (text.length() + end.length() > LONGEST) {
            int at = text.lastIndexOf("\n", LONGEST - end.length() - CUT.length());
            text.setLength(at);
            text.append(CUT);
        }
        return text.append(end).toString();
    }

    static String retargeted(int proposal, String into) {
        return MARKER + "\n## Modelgate: ↪️ not judged\n\n* This proposal now asks to be merged into " + plain(into)
                + ", and is not judged. What was said here before no longer holds.\n"
                + "* Give it its target branch back, and it is judged again.\n"
                + "\n<sub>reproduce: `modelgate verify " + proposal + "`</sub>\n";
    }

    private static String word(Verdict verdict) {
        return switch (verdict.outcome()) {
            case PASS -> "✅ pass";
            case FAIL -> "❌ fail";
            case PENDING -> "⏳ pending";
        };
    }

    /** What asks for attention first; many rules that pass are folded, so that the rest fits a screen. */
    private static void rules(List<RuleResult> rules, StringBuilder text) {
        List<RuleResult> passed =
                rules.stream().filter(rule -> rule.outcome() == Outcome.PASS).toList();
        List<RuleResult> others =
                rules.stream().filter(rule -> rule.outcome() != Outcome.PASS).toList();
        boolean several = rules.stream().map(RuleResult::subject).distinct().count() > 1;
        if (passed.size() <= MOST_PASSED) {
            table(Stream.concat(others.stream(), passed.stream()).toList(), several, text);
            return;
        }
        table(others, several, text);
        text.append("\n<details><summary>✅ ").append(passed.size()).append(" rules pass</summary>\n");
        table(passed, several, text);
        text.append("\n</details>\n");
    }

    private static void waived(List<RuleResult> rules, StringBuilder text) {
        List<RuleResult> waived =
                rules.stream().filter(rule -> rule.outcome() == Outcome.WAIVED).toList();
        text.append(waived.isEmpty() ? "" : "\n");
        waived.forEach(rule -> text.append("* ")
                .append(plain(rule.id() + " is " + rule.line().rationale()))
                .append('\n'));
    }

    private static void table(List<RuleResult> rules, boolean several, StringBuilder text) {
        if (rules.isEmpty()) {
            return;
        }
        text.append("\n| rule | result | value against bound | place |\n|---|---|---|---|\n");
        for (RuleResult rule : rules) {
            text.append("| ").append(plain(rule.id()));
            if (several) {
                text.append("<br>").append(plain(rule.subject()));
            }
            text.append(" | ").append(mark(rule.outcome()));
            text.append(" | ").append(plain(rule.line().value()));
            if (!rule.line().bound().isEmpty()) {
                text.append("; required ").append(plain(rule.line().bound()));
            }
            text.append(" | ").append(shortPlace(rule.line().place())).append(" |\n");
        }
    }

    /** What got better or worse against the version that is in the stage; files and card in a word. */
    private static void difference(VersionDiff difference, StringBuilder text) {
        text.append("\n### Against ")
                .append(plain(difference.before().toString()))
                .append(", which is there now\n\n");
        text.append(words(difference)).append('\n');
        List<VersionDiff.Entry> metrics = part(difference, VersionDiff.Part.METRIC);
        if (!metrics.isEmpty()) {
            table(difference, metrics, text);
        }
        List<VersionDiff.Entry> fairness = part(difference, VersionDiff.Part.FAIRNESS);
        if (!fairness.isEmpty()) {
            text.append("\n<details><summary>").append(fairness.size()).append(" fairness values differ</summary>\n");
            table(difference, fairness, text);
            text.append("\n</details>\n");
        }
    }

    private static List<VersionDiff.Entry> part(VersionDiff difference, VersionDiff.Part part) {
        return difference.entries().stream()
                .filter(entry -> entry.part() == part)
                .toList();
    }

    private static void table(VersionDiff difference, List<VersionDiff.Entry> entries, StringBuilder text) {
        text.append("\n| | ")
                .append(plain(difference.before().version().toString()))
                .append(" | ")
                .append(plain(difference.after().version().toString()))
                .append(" | change |\n|---|---:|---:|---:|\n");
        for (VersionDiff.Entry entry : entries.subList(0, Math.min(entries.size(), MOST_DIFFERENCES))) {
            text.append("| ").append(plain(entry.name()));
            text.append(" | ").append(plain(number(entry.before())));
            text.append(" | ").append(plain(number(entry.after())));
            text.append(" | ").append(plain(change(entry))).append(" |\n");
        }
        if (entries.size() > MOST_DIFFERENCES) {
            text.append("\n").append(entries.size() - MOST_DIFFERENCES).append(" more: `modelgate diff ");
            text.append(difference.before())
                    .append(' ')
                    .append(difference.after())
                    .append("`\n");
        }
    }

    private static String words(VersionDiff difference) {
        int files = part(difference, VersionDiff.Part.FILE).size();
        String sections = difference.entries().stream()
                .filter(entry -> entry.part() == VersionDiff.Part.CARD)
                .map(VersionDiff.Entry::name)
                .limit(MOST_DIFFERENCES)
                .collect(Collectors.joining(", "));
        return (files == 0 ? "Same files" : files + (files == 1 ? " file differs" : " files differ")) + "; "
                + (sections.isEmpty() ? "same sections in the card." : "card: " + plain(sections) + ".");
    }

    private static String number(Optional<String> value) {
        return value.map(text -> text.matches("-?[0-9.]+([eE][-+]?[0-9]+)?") ? rounded(Double.parseDouble(text)) : text)
                .orElse("–");
    }

    private static String change(VersionDiff.Entry entry) {
        return entry.change().isEmpty()
                ? ""
                : (entry.change().getAsDouble() > 0 ? "+" : "")
                        + rounded(entry.change().getAsDouble());
    }

    private static String rounded(double value) {
        BigDecimal rounded = new BigDecimal(value).round(FOUR_DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    private static void findings(List<FoundOnce> shown, StringBuilder text) {
        if (shown.isEmpty()) {
            return;
        }
        text.append("\n### Findings\n\n");
        for (int i = 0; i < shown.size(); i++) {
            FoundOnce finding = shown.get(i);
            boolean remedyFollows = i + 1 < shown.size() && finding.sharesRemedy(shown.get(i + 1));
            text.append("* **")
                    .append(finding.severity() == Severity.BLOCK ? "must be mended" : "worth a look")
                    .append("** ");
            if (!finding.where().isEmpty()) {
                text.append(plain(finding.where())).append(": ");
            }
            text.append(plain(finding.message() + finding.who()));
            if (!finding.remedy().isEmpty() && !remedyFollows) {
                text.append("<br>").append(plain(finding.remedy()));
            }
            text.append('\n');
        }
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "✅\u00a0pass";
            case FAIL -> "❌\u00a0fail";
            case PENDING -> "⏳\u00a0pending";
            case WAIVED -> "🟡\u00a0waived";
            case WARN -> "⚠️\u00a0warning";
        };
    }

    /** Within the table: file and line. Findings and the other formats say the whole path. */
    private static String shortPlace(Place place) {
        String file = place.path().substring(place.path().lastIndexOf('/') + 1);
        return plain(place.line() > 0 ? file + ":" + place.line() : file);
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
