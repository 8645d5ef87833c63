package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.gate.Verdict;
import io.modelgate.git.TreeChange;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposedChanges;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.policy.Review;
import io.modelgate.promotion.Workplace;
import io.modelgate.report.OutputFormat;
import io.modelgate.report.Report;
import io.modelgate.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One proposal as a reviewer needs it: who, what, which files, who said what, and the verdict while it is open. */
final class ProposalView {
    private final Proposal proposal;
    private final List<TreeChange> changes;
    private final Optional<Verdict> verdict;

    ProposalView(Registry registry, int number) {
        this.proposal = registry.proposal(number);
        Workplace workplace = registry.workplace();
        this.changes = ProposedChanges.of(workplace.repository(), workplace.target(), proposal);
        this.verdict =
                proposal.state() == Proposal.State.OPEN ? Optional.of(registry.judge(proposal)) : Optional.empty();
    }

    void print(Terminal terminal, OutputFormat format) {
        Output.print(terminal, format, document(), this::text);
    }

    private Node.Mapping document() {
        MappingBuilder fields = new MappingBuilder();
        ProposalsVerb.document(proposal).entries().forEach(fields::put);
        return fields.text("description", proposal.text().description())
                .text("source", proposal.text().source())
                .texts("files", changes.stream().map(TreeChange::path).toList())
                .list(
                        "reviews",
                        proposal.reviews().stream()
                                .map(review -> new MappingBuilder()
                                        .text("by", review.by())
                                        .text("state", review.state().word())
                                        .text("commit", review.commit())
                                        .build())
                                .toList())
                .text("verdict", verdict.map(each -> each.outcome().word()))
                .build();
    }

    private List<String> text() {
        Table table = new Table();
        table.row("proposal", proposal.number() + ", " + ProposalsVerb.stateOf(proposal));
        table.row("title", proposal.title());
        table.row("author", proposal.participants().author());
        table.row("head", proposal.head());
        List<String> lines = new ArrayList<>(table.lines(0));
        if (!proposal.text().description().isBlank()) {
            lines.add("");
            proposal.text().description().lines().forEach(line -> lines.add("  " + line));
        }
        lines.add("");
        changes.forEach(change -> lines.add("  " + word(change) + " " + change.path()));
        proposal.reviews().forEach(review -> lines.add("  " + said(review)));
        verdict.ifPresent(each -> {
            lines.add("");
            Report.render(each, OutputFormat.TEXT).lines().forEach(lines::add);
        });
        return lines;
    }

    private String said(Review review) {
        return review.by() + " "
                + switch (review.heed()) {
                    case FULL -> review.state().word().replace('-', ' ');
                    case STRANGER -> "approved without a right to";
                    case OTHER_CHANGE -> "approved when it was to be merged elsewhere";
                }
                + (review.commit().equals(proposal.head())
                        ? ""
                        : " of an earlier head, " + review.commit().abbreviated());
    }

    private static String word(TreeChange change) {
        return change.before().isEmpty() ? "adds   " : change.after().isEmpty() ? "deletes" : "changes";
    }
}
