package io.modelgate.importer;

import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.MetricValue;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Text;
import io.modelgate.manifest.FindingList;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What there is to say about a file while it is read: findings, and what was dropped. */
final class Notes {
    private static final int LONGEST = 300;
    private static final int LONGEST_LIST = 2000;
    private static final int MOST_GROUPS = 1000;
    private static final int MOST_SAID = 200;

    private final Place file;
    private final FindingList findings = new FindingList();
    private final Set<Finding> said = new LinkedHashSet<>();
    private final List<String> dropped = new ArrayList<>();

    Notes(Place file) {
        this.file = file;
    }

    /** Something that neither the file nor the user says. */
    void missing(String what, String option) {
        findings.add("import/missing", file, "the file does not say " + what, "Say " + option + ".");
    }

    /** The file cannot be imported as it is. */
    void refuse(String rule, Place place, String message, String remedy) {
        findings.add("import/" + rule, place, message, remedy);
    }

    /** Whether there are so many groups that they are people; notes it. */
    boolean tooMany(long groups) {
        if (groups > MOST_GROUPS) {
            refuse(
                    "limit",
                    file,
                    "there are " + groups + " groups, at most " + MOST_GROUPS + " are read",
                    "Report on groups, not on people.");
        }
        return groups > MOST_GROUPS;
    }

    /** Two numbers or names that should be the same are not. */
    void disagree(Place place, String message, String remedy) {
        refuse("disagrees", place, message, remedy);
    }

    void warn(String rule, Place place, String message, String remedy) {
        findings.warn("import/" + rule, place, message, remedy);
    }

    /** Worth knowing. */
    void note(String rule, Place place, String message) {
        if (said.size() < MOST_SAID) {
            said.add(Finding.note("import/" + rule, place, Text.excerpt(message, LONGEST), ""));
        }
    }

    /** Names a value that is no number, such as NaN, if it is one: what is written says only why there is none. */
    void noNumber(String name, Node written, MetricValue value) {
        if (written instanceof Node.Text text && !value.ok()) {
            note(
                    "no-number",
                    text.place(),
                    name + " is " + text.value().strip() + " in the file: written as "
                            + value.status().word());
        }
    }

    /** Says in a sentence what was left out, and why. */
    void drop(String what, String why) {
        dropped.add(Text.excerpt(what + ": " + why + ".", LONGEST));
    }

    /** Says in one sentence that all of these were left out, and why. */
    void dropAll(Collection<String> what, String why) {
        dropped.add(Text.excerpt(String.join(", ", what), LONGEST_LIST) + ": " + why + ".");
    }

    /** The value, if there is one; its findings are noted. */
    <T> Optional<T> keep(Checked<T> checked) {
        findings.addAll(checked.findings());
        return checked.value();
    }

    boolean refused() {
        return findings.list().stream().anyMatch(Finding::blocks);
    }

    Checked<Imported> result(Optional<FairnessReport> report) {
        return result(report, List.of(), Optional.empty());
    }

    Checked<Imported> result(List<Evaluation> evaluations) {
        return result(Optional.empty(), evaluations, Optional.empty());
    }

    /** What was imported; a file of which nothing can be taken is a finding. */
    Checked<Imported> result(
            Optional<FairnessReport> report, List<Evaluation> evaluations, Optional<Explanation> explanation) {
        if (report.isEmpty() && evaluations.isEmpty() && explanation.isEmpty() && !refused()) {
            String first = dropped.isEmpty() ? "" : ", such as " + dropped.get(0);
            refuse("nothing", file, "the file holds nothing that can be imported" + first, "Give another file.");
        }
        List<Finding> all = new ArrayList<>(findings.list());
        all.addAll(said);
        return Checked.of(new Imported(report.stream().toList(), evaluations, explanation, dropped), all);
    }
}
