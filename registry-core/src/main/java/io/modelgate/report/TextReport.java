package io.modelgate.report;

import io.modelgate.gate.Verdict;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import java.util.ArrayList;
import java.util.List;

/** A verdict for people in a terminal: the answer, what to do next, what was found, and the rules. */
final class TextReport {
    private static final int MOST_PASSED = 8;

    private TextReport() {}

    static List<String> lines(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add(verdict.outcome().word().toUpperCase(java.util.Locale.ROOT) + "  " + verdict.kind() + " of "
                + verdict.basis().head().abbreviated() + " onto "
                + verdict.basis().target().abbreviated());
        verdict.next().forEach(next -> lines.add("  next: " + next));
        List<FoundOnce> found = FoundOnce.of(verdict);
        for (int i = 0; i < found.size(); i++) {
            boolean again = i + 1 < found.size() && found.get(i).sharesRemedy(found.get(i + 1));
            addFinding(found.get(i), again, lines);
        }
        addRules(verdict, lines);
        verdict.rules().stream()
                .filter(rule -> rule.outcome() == Outcome.WAIVED)
                .forEach(rule ->
                        lines.add("  " + rule.id() + " is " + rule.line().rationale()));
        return lines;
    }

    private static void addFinding(FoundOnce found, boolean remedyFollows, List<String> lines) {
        String where = found.where().isEmpty() ? "" : found.where() + ": ";
        lines.add("  " + found.severity().word() + ": " + where + found.message() + found.who());
        if (!found.remedy().isEmpty() && !remedyFollows) {
            lines.add("         " + found.remedy());
        }
    }

    /** All rules; of a refused version only those that ask for something, so that what is missing fits a screen. */
    private static void addRules(Verdict verdict, List<String> lines) {
        List<RuleResult> passed = verdict.rules().stream()
                .filter(rule -> rule.outcome() == Outcome.PASS)
                .toList();
        boolean fold = verdict.outcome() == Verdict.Outcome.FAIL && passed.size() > MOST_PASSED;
        Table table = new Table();
        verdict.rules().stream()
                .filter(rule -> !fold || rule.outcome() != Outcome.PASS)
                .forEach(rule -> table.row(
                        mark(rule.outcome()),
                        rule.id(),
                        rule.line().value(),
                        rule.line().bound()));
        lines.addAll(table.lines(2));
        if (fold) {
            lines.add("  and " + passed.size() + " rules that it satisfies: --output json lists them");
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
