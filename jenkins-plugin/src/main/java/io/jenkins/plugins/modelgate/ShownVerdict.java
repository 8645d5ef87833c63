package io.jenkins.plugins.modelgate;

import io.modelgate.finding.Finding;
import io.modelgate.gate.Verdict;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A verdict as a build keeps it: text and numbers only, so that it can be shown when the registry is gone. */
public final class ShownVerdict implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 500;

    private final String outcome;
    private final String kind;
    private final String target;
    private final String head;
    private final int proposal;
    private final String page;
    private final int found;
    private final ArrayList<String> next;
    private final ArrayList<ShownRule> rules;
    private final ArrayList<ShownFinding> findings;

    ShownVerdict(Verdict verdict, OptionalInt proposal, Optional<URI> page) {
        this.outcome = verdict.outcome().word();
        this.kind = verdict.kind();
        this.target = verdict.basis().target().toString();
        this.head = verdict.basis().head().toString();
        this.proposal = proposal.orElse(0);
        this.page = page.map(URI::toString).orElse("");
        List<Finding> all = findings(verdict);
        this.found = all.size();
        this.next = new ArrayList<>(verdict.next());
        this.rules = new ArrayList<>(
                verdict.rules().stream().limit(MOST).map(ShownRule::new).toList());
        this.findings =
                new ArrayList<>(all.stream().limit(MOST).map(ShownFinding::new).toList());
    }

    private static List<Finding> findings(Verdict verdict) {
        return Stream.concat(
                        verdict.findings().stream(), verdict.rules().stream().flatMap(rule -> rule.findings().stream()))
                .distinct()
                .sorted()
                .toList();
    }

    /** {@code pass}, {@code fail} or {@code pending}. */
    public String getOutcome() {
        return outcome;
    }

    /** The outcome as a heading has it. */
    public String getTitle() {
        return outcome.toUpperCase(Locale.ROOT);
    }

    /** The kind of change, such as {@code promotion}. */
    public String getKind() {
        return kind;
    }

    /** The commit of the target branch. */
    public String getTarget() {
        return target;
    }

    /** The commit that asks to be merged. */
    public String getHead() {
        return head;
    }

    /** The number of the proposal; 0 when it is none. */
    public int getProposal() {
        return proposal;
    }

    /** The page of the proposal; null when it has none that a browser may open. */
    public String getPage() {
        return page != null && page.matches("https?://[^\\s\"'<>]+") ? page : null;
    }

    /** Who must do what next. */
    public List<String> getNext() {
        return List.copyOf(next);
    }

    public List<ShownRule> getRules() {
        return List.copyOf(rules);
    }

    public List<ShownFinding> getFindings() {
        return List.copyOf(findings);
    }

    /** How many findings are not kept. */
    public int getMore() {
        return found - findings.size();
    }
}
