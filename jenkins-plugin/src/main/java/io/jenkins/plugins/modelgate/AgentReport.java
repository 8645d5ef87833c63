package io.jenkins.plugins.modelgate;

import hudson.AbortException;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import java.io.PrintStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an agent has to say of its work, as lines for the build's log.
 *
 * @param lines what it found, a line each
 * @param trouble why it could not do its work; empty when it did
 */
record AgentReport(List<String> lines, String trouble) implements Serializable {
    static final String REFUSED = "Refused: see the findings above.";

    private static final long serialVersionUID = 1L;
    private static final Map<String, String> PARAMETERS = Map.of(
            "--dataset", "dataset",
            "--rows", "rows",
            "--favourable", "favourable",
            "--reference", "references",
            "--tool-version", "toolVersion");
    private static final int MOST_LINES = 200;
    private static final int LONGEST_LINE = 2_000;

    AgentReport {
        lines = List.copyOf(lines);
        trouble = trouble == null ? "" : trouble;
    }

    /** Works on the agent, and tells what came of it. Nothing is thrown: what is thrown there would be read here. */
    static AgentReport of(Supplier<? extends Checked<?>> work) {
        try {
            return of(work.get());
        } catch (RegistryException e) {
            return of(e);
        }
    }

    static AgentReport of(Checked<?> checked) {
        return new AgentReport(
                checked.findings().stream()
                        .limit(MOST_LINES)
                        .map(AgentReport::line)
                        .toList(),
                checked.ok() ? "" : REFUSED);
    }

    static AgentReport of(RegistryException e) {
        return new AgentReport(List.of(), e.getMessage() + " " + e.remedy());
    }

    /** What a job left out is named as the step's parameter, where the command line has an option. */
    private static String line(Finding finding) {
        String line = finding.severity().word() + ": " + finding;
        for (Map.Entry<String, String> each : PARAMETERS.entrySet()) {
            line = line.replace(each.getKey() + " ", each.getValue() + ": ")
                    .replace(each.getKey() + ",", each.getValue() + ",");
        }
        return line;
    }

    /** Shows it, no more of it than a log bears; trouble ends the build. */
    void show(PrintStream log) throws AbortException {
        lines.stream()
                .limit(MOST_LINES)
                .forEach(line -> log.println("[modelgate] " + Text.excerpt(line, LONGEST_LINE)));
        if (!trouble.isEmpty()) {
            throw new AbortException(Text.excerpt(trouble, LONGEST_LINE));
        }
    }
}
