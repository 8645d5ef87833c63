package io.modelgate.promotion;

import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.host.CommitPeople;
import io.modelgate.host.GitHost;
import io.modelgate.host.Judging;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposalDraft;
import io.modelgate.host.ProposalText;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.JudgeContext.ReviewState;
import io.modelgate.policy.Participants;
import io.modelgate.policy.Review;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Applies plans: uploads, builds the commit in memory, asks the gate, opens the proposal, and merges it if that is wanted.
 * What the gate fails is not proposed.
 */
public final class Submitting {
    private final Workplace workplace;
    private Optional<Requests> requests = Optional.empty();

    public Submitting(Workplace workplace) {
        this.workplace = workplace;
    }

    private Requests requests() {
        if (requests.isEmpty()) {
            requests = Optional.of(new Requests(workplace.host(), workplace.requesters()));
        }
        return requests.get();
    }

    /**
     * Plans and applies. When somebody else changed the same files in between, or the same proposal, planning starts over on the
     * new target.
     *
     * @param planning makes the plan for the target as it is then
     * @param merge whether to merge once the verdict is pass
     */
    public Checked<Submission> submit(Supplier<Checked<Planned>> planning, boolean merge) {
        Backoff backoff = new Backoff();
        while (true) {
            Checked<Planned> planned = planning.get();
            Optional<Plan> plan = planned.value().flatMap(Planned::plan);
            if (plan.isEmpty()) {
                return planned.then(value -> Checked.of(Submission.nothing(value.summary())));
            }
            Optional<Submission> submitted = submit(plan.get(), merge);
            boolean outdated = submitted.map(this::isOutdated).orElse(true);
            if (!outdated || !backoff.again()) {
                return planned.then(value -> Checked.of(
                        submitted.orElseThrow(() -> overtaken(plan.get().title()))));
            }
            workplace.repository().refresh();
        }
    }

    private static RegistryException overtaken(String title) {
        return RegistryException.conflict(
                "'" + title + "' was not merged: somebody gave the same proposal another content meanwhile.",
                "Look at what is open, 'modelgate proposals', and try again.");
    }

    private Optional<Submission> submit(Plan plan, boolean merge) {
        workplace.upload(plan.uploads());
        Optional<Proposal> open = open(plan);
        CommitId head = open.map(Proposal::head)
                .filter(present -> saysTheSame(present, plan))
                .orElseGet(() -> replacing(open, plan));
        return apply(new ProposalText(plan.title(), plan.description(), plan.branch()), head, merge);
    }

    /** This user's open proposal from the same source. One that changes just the same keeps its head: its approvals count on. */
    private Optional<Proposal> open(Plan plan) {
        UserId me = workplace.host().me();
        return workplace.host().list(Proposal.State.OPEN).stream()
                .filter(proposal -> proposal.participants().author().equals(me)
                        && proposal.text().source().equals(plan.branch()))
                .findFirst();
    }

    /** The commit of a plan; says what it does to the approvals of the proposal whose head it is to be. */
    private CommitId replacing(Optional<Proposal> open, Plan plan) {
        requests().unknown().forEach(each -> workplace.progress().note(unknown(each)));
        open.map(proposal -> workplace.host().read(proposal.number())).ifPresent(this::warn);
        return commit(
                plan,
                open.stream()
                        .filter(proposal -> workplace.repository().has(proposal.head()))
                        .flatMap(proposal ->
                                workplace
                                        .repository()
                                        .facts(proposal.head())
                                        .trailers(CommitPeople.REQUESTED_BY)
                                        .stream())
                        .toList());
    }

    private String unknown(Requester requester) {
        return "There is no user '" + requester.login()
                + "' on the Git host: whether somebody who approves is the one who asked "
                + "for this can be told by the address in the commit at most.";
    }

    private void warn(Proposal proposal) {
        String approved = proposal.reviews().stream()
                .filter(review -> review.state() == Review.State.APPROVED
                        && review.commit().equals(proposal.head()))
                .map(review -> review.by().value())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!approved.isEmpty()) {
            workplace
                    .progress()
                    .note("Proposal " + proposal.number()
                            + " says something else now, a note included: the approval of " + approved
                            + " ends with its old head " + proposal.head().abbreviated() + ". Ask for it again.");
        }
    }

    private boolean saysTheSame(CommitId head, Plan plan) {
        RegistryRepository repository = workplace.repository();
        List<CommitId> parents = repository.facts(head).parents();
        if (parents.size() != 1) {
            return false;
        }
        Snapshot there = repository.snapshot(head);
        return repository.snapshot(parents.get(0)).changesTo(there).size()
                        == plan.files().size()
                && plan.files().stream()
                        .allMatch(file -> there.read(file.path())
                                .filter(other -> other.digest().equals(file.digest()))
                                .isPresent());
    }

    /**
     * Opens a proposal for a commit that is there, unless the gate fails it, and merges it if that is wanted. CONFLICT when
     * somebody gave the proposal another head before it was merged.
     */
    public Submission propose(ProposalText text, CommitId head, boolean merge) {
        return apply(text, head, merge).orElseThrow(() -> overtaken(text.title()));
    }

    /** Empty when the proposal was to be merged, and somebody merged it or gave it another head before. */
    private Optional<Submission> apply(ProposalText text, CommitId head, boolean merge) {
        GitHost host = workplace.host();
        UserId me = host.me();
        Verdict first =
                workplace.judging().judge(workplace.target(), new ReviewState(head, participants(me), List.of()));
        if (first.outcome() == Verdict.Outcome.FAIL) {
            return Optional.of(new Submission(text.title(), Optional.of(first), OptionalInt.empty(), Optional.empty()));
        }
        Proposal proposal = host.open(new ProposalDraft(text, head));
        if (merge) {
            return new Merging(workplace).merge(proposal);
        }
        Verdict verdict = new Publishing(workplace).judge(proposal);
        return Optional.of(new Submission(
                text.title(), Optional.of(verdict), OptionalInt.of(proposal.number()), Optional.empty()));
    }

    private Participants participants(UserId me) {
        return new Participants(me, Set.of(), Optional.of(me), requests().users());
    }

    /** Writes the files of a folder as a commit on the target; nothing points to it yet. */
    public CommitId commit(Path folder, String title) {
        RegistryRepository repository = workplace.repository();
        return repository.commit(repository.worktree(folder), draft(title, List.of(), workplace.target()));
    }

    /**
     * What the gate would say of a plan, if its files were uploaded and this user proposed it now. Nothing points to what is
     * written for it.
     */
    public Verdict preview(Plan plan) {
        UserId me = workplace.host().me();
        Judging judging = workplace.judging();
        return judging.judge(
                workplace.target(),
                new ReviewState(commit(plan, List.of()), participants(me), List.of()),
                new UploadedStores(plan.uploads(), judging.stores()));
    }

    private CommitDraft draft(String message, List<String> earlier, CommitId parent) {
        return requests()
                .draft(message, earlier, workplace.author(), workplace.clock().instant(), List.of(parent));
    }

    private CommitId commit(Plan plan, List<String> earlier) {
        RegistryRepository repository = workplace.repository();
        String message = plan.description().isEmpty() ? plan.title() : plan.title() + "\n\n" + plan.description();
        return repository.commit(
                repository.edit(repository.snapshot(plan.base()), TreeEdit.of(plan.files())),
                draft(message, earlier, plan.base()));
    }

    /** Whether the proposal only fails because the target moved in the same files. */
    private boolean isOutdated(Submission submission) {
        return submission.merged().isEmpty()
                && submission.verdict().stream()
                        .flatMap(verdict -> verdict.findings().stream())
                        .anyMatch(finding -> finding.rule().equals("gate/conflict")
                                || finding.rule().equals("gate/previous"));
    }
}
