package io.modelgate.report;

import io.modelgate.gate.Verdict;
import io.modelgate.policy.Outcome;
import java.util.ArrayList;
import java.util.List;

/** A verdict for people in a terminal: the answer, what to do next, what was found, and the rules. */
final class TextReport {
    private TextReport() {}

    static List<String> lines(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict.outcome().word().toUpperCase(java.util.Locale.ROOT) + "  " + verdict.kind() + " of "
                + verdict.basis().head().abbreviated() + " onto "
                + verdict.basis().target().abbreviated());
        verdict.next().forEach(next -> lines.add("  next: " + next));
        FoundOnce.of(verdict).forEach(found -> addFinding(found, lines));
        Table table = new Table();
        verdict.rules()
                .forEach(rule -> table.row(
                        mark(rule.outcome()),
                        rule.id(),
                        rule.line().value(),
                        rule.line().bound()));
        lines.addAll(table.lines(2));
        verdict.rules().stream()
                .filter(rule -> rule.outcome() == Outcome.WAIVED)
                .forEach(rule ->
                        lines.add("  " + rule.id() + " is " + rule.line().rationale()));
        return lines;
    }

    private static void addFinding(FoundOnce found, List<String> lines) {
        String where = found.place().path().isEmpty() ? "" : found.place() + ": ";
        lines.add("  " + found.severity().word() + ": " + where + found.message() + found.who());
        if (!found.remedy().isEmpty()) {
            lines.add("         " + found.remedy());
        }
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "ok";
            case FAIL -> "FAIL";
            case PENDING -> "wait";
            case WAIVED -> "waived";
            case WARN -> "warn";
        };
    }
}
