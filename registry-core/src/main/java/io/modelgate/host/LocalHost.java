package io.modelgate.host;

import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.PublishResult;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The embedded Git host: a bare repository that keeps its own proposals, reviews, comments and statuses in refs, each a chain
 * of commits that only grows. A merge moves the target branch and closes the proposal in one atomic step.
 */
public final class LocalHost implements GitHost {
    private final RegistryRepository repository;
    private final UserId me;
    private final LocalEvents events;
    private final LocalProposals proposals;
    private final String branch;

    /** A host in this repository for this user, whose commits carry that author. */
    public LocalHost(RegistryRepository repository, UserId me, Author author, Clock clock, String branch) {
        this.repository = repository;
        this.me = me;
        this.events = new LocalEvents(repository, author, clock);
        this.branch = LocalRefs.HEADS + branch;
        this.proposals = new LocalProposals(repository, this.branch);
    }

    @Override
    public String kind() {
        return LocalRefs.KIND;
    }

    @Override
    public boolean hasGate() {
        return false;
    }

    @Override
    public UserId me() {
        return me;
    }

    @Override
    public Optional<UserId> user(String login) {
        try {
            return Optional.of(new UserId(login));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Proposal open(ProposalDraft draft) {
        Backoff backoff = new Backoff();
        do {
            repository.refresh();
            proposals.obstacle(draft.head()).ifPresent(why -> {
                throw RegistryException.usage(why, "Propose a commit that starts from the target branch.");
            });
            // Looked up before the search: whoever proposes the same in between takes this number, and this try is
            // lost.
            int next = proposals.nextNumber();
            Optional<ProposalEvent> mine = proposals
                    .open()
                    .filter(event -> event.author().equals(me)
                            && event.text().source().equals(draft.text().source()))
                    .findFirst();
            if (mine.filter(event -> event.says(draft)).isPresent()) {
                return proposals.proposal(mine.get());
            }
            ProposalEvent event = mine.map(old -> old.moved(draft.head(), draft.text(), me))
                    .orElseGet(() -> ProposalEvent.first(next, draft, me));
            if (append(mine, event)) {
                return proposals.proposal(event);
            }
        } while (backoff.again());
        throw busy("open a proposal");
    }

    @Override
    public List<Proposal> list(Proposal.State state) {
        repository.refresh();
        Stream<ProposalEvent> found = state == Proposal.State.OPEN ? proposals.open() : proposals.ended();
        return found.map(proposals::proposal)
                .filter(proposal -> proposal.state() == state)
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList();
    }

    /** With what was said of them. */
    @Override
    public Set<String> refsOfEnded(Instant before) {
        repository.refresh();
        Set<Integer> ended = repository.refs(LocalRefs.CLOSED).entrySet().stream()
                .filter(closed ->
                        repository.facts(closed.getValue()).committedAt().isBefore(before))
                .flatMap(closed -> LocalRefs.number(closed.getKey()).stream().boxed())
                .collect(Collectors.toSet());
        return repository.refs(LocalRefs.ALL).keySet().stream()
                .filter(ref -> LocalRefs.number(ref).stream().anyMatch(ended::contains))
                .collect(Collectors.toSet());
    }

    @Override
    public Proposal read(int number) {
        repository.refresh();
        return proposals.proposal(proposals.newest(number));
    }

    @Override
    public void review(int number, ReviewDraft draft) {
        Backoff backoff = new Backoff();
        do {
            repository.refresh();
            Proposal proposal = proposals.proposal(proposals.newestOpen(number));
            proposal.require(draft, me);
            ReviewEvent review =
                    new ReviewEvent(new Review(me, stateAfter(draft, proposal), proposal.head()), draft.text());
            if (events.append(
                    LocalRefs.review(number, me),
                    readable(review.toFile(), ReviewEvent::read),
                    Optional.of(proposal.head()))) {
                return;
            }
        } while (backoff.again());
        throw busy("review proposal " + number);
    }

    @Override
    public void comment(int number, String marker, String markdown) {
        SourceFile text = LocalComments.file(marker, markdown);
        Backoff backoff = new Backoff();
        do {
            repository.refresh();
            proposals.newest(number);
            String ref = LocalRefs.comment(number, me);
            Optional<CommitId> old = repository.ref(ref);
            Optional<SourceFile> present =
                    old.flatMap(commit -> repository.snapshot(commit).read(text.path()));
            if (present.filter(file -> file.digest().equals(text.digest())).isPresent()
                    || events.move(
                            ref,
                            old,
                            events.write(
                                    repository.edit(
                                            old.map(repository::snapshot).orElseGet(repository::empty),
                                            TreeEdit.of(List.of(text))),
                                    "comment",
                                    old,
                                    Optional.empty()))) {
                return;
            }
        } while (backoff.again());
        throw busy("comment on proposal " + number);
    }

    @Override
    public void status(CommitId commit, Status status) {
        Backoff backoff = new Backoff();
        do {
            repository.refresh();
            Optional<ProposalEvent> proposal = proposals
                    .open()
                    .filter(event -> event.head().equals(commit))
                    .findFirst();
            if (proposal.isEmpty()) {
                return;
            }
            String ref = LocalRefs.status(proposal.get().number(), me);
            SourceFile text = new StatusEvent(commit, status).toFile();
            Optional<SourceFile> present =
                    repository.ref(ref).flatMap(old -> repository.snapshot(old).read(text.path()));
            if (present.filter(file -> file.digest().equals(text.digest())).isPresent()
                    || events.append(ref, text, Optional.of(commit))) {
                return;
            }
        } while (backoff.again());
        throw busy("set a status");
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        Backoff backoff = new Backoff();
        do {
            repository.refresh();
            ProposalEvent event = proposals.newestOpen(request.number());
            if (!event.head().equals(request.head())) {
                return new MergeResult.Moved("the head of proposal " + request.number());
            }
            if (!proposals.target().equals(Optional.of(request.target()))) {
                return new MergeResult.Moved("the target branch");
            }
            Optional<List<RefChange>> closing = closing(event, Proposal.State.MERGED);
            if (closing.isEmpty()) {
                continue;
            }
            MergeOutcome outcome = repository.merge(request.target(), request.head());
            if (!(outcome instanceof MergeOutcome.Merged merged)) {
                return new MergeResult.Refused("it cannot be merged with the target branch");
            }
            CommitDraft draft = new CommitDraft(
                    request.message(),
                    events.author(),
                    events.noEarlierThan(Optional.of(request.target())),
                    List.of(request.target(), request.head()));
            CommitId commit = repository.commit(merged.result(), draft);
            List<RefChange> changes = new ArrayList<>();
            changes.add(RefChange.move(branch, request.target(), commit));
            changes.addAll(closing.get());
            PublishResult published = repository.publish(changes);
            if (published instanceof PublishResult.Published) {
                return new MergeResult.Merged(commit);
            }
            if (published instanceof PublishResult.Refused refused) {
                return new MergeResult.Refused(refused.message());
            }
        } while (backoff.again());
        throw busy("merge proposal " + request.number());
    }

    @Override
    public void close(int number) {
        Backoff backoff = new Backoff();
        do {
            repository.refresh();
            ProposalEvent event = proposals.newestOpen(number);
            if (!event.mayBeClosedBy(me, proposals.people().governance())) {
                throw RegistryException.usage(
                        "Proposal " + number + " is " + event.author()
                                + "'s; only its author or a holder of a role closes it.",
                        "Ask " + event.author() + ", or say what you think: 'modelgate review " + number
                                + " --reject'.");
            }
            if (closing(event, Proposal.State.CLOSED).filter(events::publish).isPresent()) {
                return;
            }
        } while (backoff.again());
        throw busy("close proposal " + number);
    }

    /** The comments on a proposal, for reading in a terminal. */
    public List<String> comments(int number) {
        return repository.refs(LocalRefs.comments(number)).values().stream()
                .flatMap(commit -> LocalComments.texts(repository.snapshot(commit)))
                .toList();
    }

    /**
     * Moves a proposal to the closed ones; empty when it is not as it was read any more. What gates said of its head goes with
     * it: the number of refs follows the proposals, not how often they were judged.
     */
    private Optional<List<RefChange>> closing(ProposalEvent event, Proposal.State state) {
        return proposals.tipOf(event).map(tip -> closing(event, tip, state));
    }

    private List<RefChange> closing(ProposalEvent event, CommitId tip, Proposal.State state) {
        CommitId last = events.write(event.ended(state, me).toFile(), Optional.of(tip), Optional.of(event.head()));
        List<RefChange> changes = new ArrayList<>();
        changes.add(RefChange.create(LocalRefs.closed(event.number()), last));
        changes.add(RefChange.delete(LocalRefs.open(event.number()), tip));
        repository
                .refs(LocalRefs.statuses(event.number()))
                .forEach((ref, said) -> changes.add(RefChange.delete(ref, said)));
        return changes;
    }

    /** A remark does not take back what the same reviewer said of the same head before. */
    private Review.State stateAfter(ReviewDraft draft, Proposal proposal) {
        return draft.state() != Review.State.COMMENTED
                ? draft.state()
                : proposal.reviews().stream()
                        .filter(old -> old.by().equals(me) && old.commit().equals(proposal.head()))
                        .map(Review::state)
                        .findFirst()
                        .orElse(Review.State.COMMENTED);
    }

    /** Adds an event to a proposal, or opens it; false when it moved, was closed, or its number was taken meanwhile. */
    private boolean append(Optional<ProposalEvent> before, ProposalEvent event) {
        String ref = LocalRefs.open(event.number());
        Optional<CommitId> tip = before.flatMap(proposals::tipOf);
        if (tip.isPresent() != before.isPresent()) {
            return false;
        }
        SourceFile document = readable(event.toFile(), ProposalEvent::read);
        CommitId next = events.write(document, tip, Optional.of(event.head()));
        if (!events.move(ref, tip, next)) {
            return false;
        }
        if (repository.ref(LocalRefs.closed(event.number())).isPresent()) {
            events.publish(List.of(RefChange.delete(ref, next)));
            return false;
        }
        return true;
    }

    private static SourceFile readable(SourceFile file, Function<SourceFile, Checked<?>> reader) {
        reader.apply(file).findings().stream()
                .filter(finding -> finding.blocks())
                .findFirst()
                .ifPresent(finding -> {
                    throw RegistryException.usage(finding.message(), finding.remedy());
                });
        return file;
    }

    private static RegistryException busy(String what) {
        return RegistryException.conflict(
                "Others write to this registry all the time; it was not possible to " + what + ".", "Try again.");
    }
}
