package io.modelgate.host;

import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Participants;
import io.modelgate.policy.Review;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads what the refs of a local host say. An open proposal whose head is on the target branch was merged by somebody who
 * did not live to say so, and reads as merged.
 */
final class LocalProposals {
    static final int MOST_COMMITS = 1_000;

    private final RegistryRepository repository;
    private final String branch;

    /** @param branch full name of the target branch */
    LocalProposals(RegistryRepository repository, String branch) {
        this.repository = repository;
        this.branch = branch;
    }

    /** Where the target branch is; empty before there is a registry. */
    Optional<CommitId> target() {
        return repository.ref(branch);
    }

    /** The people of the target branch. */
    CommitPeople people() {
        return CommitPeople.of(target().map(repository::snapshot));
    }

    /** Open proposals; what cannot be read is none. */
    Stream<ProposalEvent> open() {
        return repository.refs(LocalRefs.OPEN).keySet().stream()
                .flatMapToInt(ref -> LocalRefs.number(ref).stream())
                .boxed()
                .flatMap(number -> open(number).stream());
    }

    /** The open proposal of this number, if there is one that can be read. */
    Optional<ProposalEvent> open(int number) {
        return repository
                .ref(LocalRefs.open(number))
                .filter(tip -> repository.ref(LocalRefs.closed(number)).isEmpty())
                .flatMap(tip -> event(tip).value())
                .filter(event -> event.number() == number && stateOf(event) == Proposal.State.OPEN);
    }

    /** Proposals that were merged or closed. */
    Stream<ProposalEvent> ended() {
        Stream<ProposalEvent> closed =
                repository.refs(LocalRefs.CLOSED).values().stream().flatMap(commit -> event(commit).value().stream());
        Stream<ProposalEvent> merged = repository.refs(LocalRefs.OPEN).values().stream()
                .flatMap(commit -> event(commit).value().stream())
                .filter(event ->
                        repository.ref(LocalRefs.closed(event.number())).isEmpty())
                .filter(event -> stateOf(event) != Proposal.State.OPEN);
        return Stream.concat(closed, merged).sorted(Comparator.comparingInt(ProposalEvent::number));
    }

    /** The newest event of a proposal; NOT_FOUND when there is none of this number. */
    ProposalEvent newest(int number) {
        CommitId tip = tip(number)
                .orElseThrow(() -> RegistryException.notFound(
                        "There is no proposal " + number + ".",
                        "See what there is: 'modelgate proposals --state all'."));
        return event(tip)
                .value()
                .orElseThrow(
                        () -> RegistryException.integrity(
                                "Proposal " + number + " cannot be read (commit " + tip + ").",
                                "Somebody wrote it without Modelgate; the hook keeps that out: 'modelgate host install-hook'."));
    }

    /** The newest event of a proposal that is open; CONFLICT when it is not any more. */
    ProposalEvent newestOpen(int number) {
        ProposalEvent event = newest(number);
        Proposal.State state = stateOf(event);
        if (state != Proposal.State.OPEN) {
            throw RegistryException.conflict(
                    "Proposal " + number + " is " + state.word() + ".", "See what is open: 'modelgate proposals'.");
        }
        return event;
    }

    /** The commit of the newest event of an open proposal; empty when somebody else changed or ended it since. */
    Optional<CommitId> tipOf(ProposalEvent event) {
        return repository
                .ref(LocalRefs.open(event.number()))
                .filter(tip -> event(tip).value().filter(event::equals).isPresent());
    }

    /** The event in a commit. */
    Checked<ProposalEvent> event(CommitId commit) {
        return ProposalEvent.read(document(commit, ProposalEvent.FILE));
    }

    Proposal proposal(ProposalEvent event) {
        return new Proposal(
                event.number(),
                event.text(),
                stateOf(event),
                event.head(),
                participants(event),
                reviews(event.number()));
    }

    /** Who had a hand in a proposal: who pushed it, and who its commits name. */
    Participants participants(ProposalEvent event) {
        Set<UserId> contributors = new TreeSet<>(event.pushers());
        CommitPeople people = people();
        Set<UserId> requesters = new TreeSet<>();
        for (CommitFacts commit : commits(event.head())) {
            people.of(commit).forEach(contributors::add);
            people.requesters(commit).forEach(requesters::add);
        }
        return new Participants(event.author(), contributors, Optional.of(event.by()), requesters);
    }

    /** Why a commit cannot be proposed; empty when it can. */
    Optional<String> obstacle(CommitId head) {
        if (!repository.has(head)) {
            return Optional.of("There is no commit " + head + " here.");
        }
        if (isMerged(head)) {
            return Optional.of("Commit " + head.abbreviated() + " is on the target branch already.");
        }
        return commits(head).size() > MOST_COMMITS
                ? Optional.of("Commit " + head.abbreviated() + " brings more than " + MOST_COMMITS
                        + " commits; bring the same change as one.")
                : Optional.empty();
    }

    /**
     * The number of the next proposal. Numbers have no gaps, so the first free one is found in a few steps, however many
     * there are.
     */
    int nextNumber() {
        int free = 1;
        while (tip(free).isPresent()) {
            free *= 2;
        }
        int taken = free / 2;
        while (free - taken > 1) {
            int middle = taken + (free - taken) / 2;
            if (tip(middle).isPresent()) {
                taken = middle;
            } else {
                free = middle;
            }
        }
        return free;
    }

    /** Whether a commit is on the target branch. */
    boolean isMerged(CommitId head) {
        return target().filter(target -> repository.isAncestor(head, target)).isPresent();
    }

    /** Looked for twice among the closed ones: it may move there between the first look and the one at the open ones. */
    private Optional<CommitId> tip(int number) {
        return number < 1
                ? Optional.empty()
                : repository
                        .ref(LocalRefs.closed(number))
                        .or(() -> repository.ref(LocalRefs.open(number)))
                        .or(() -> repository.ref(LocalRefs.closed(number)));
    }

    private List<CommitFacts> commits(CommitId head) {
        return target().map(target -> repository.between(target, head, MOST_COMMITS + 1))
                .orElse(List.of());
    }

    private Proposal.State stateOf(ProposalEvent event) {
        boolean open = event.state() == Proposal.State.OPEN;
        return open && isMerged(event.head()) ? Proposal.State.MERGED : event.state();
    }

    /** What each reviewer last said: only what stands in a ref of their own is theirs. */
    private List<Review> reviews(int number) {
        String prefix = LocalRefs.reviews(number);
        return repository.refs(prefix).entrySet().stream()
                .flatMap(ref -> review(ref.getValue()).stream()
                        .filter(event -> ref.getKey()
                                .equals(LocalRefs.review(number, event.review().by()))))
                .map(ReviewEvent::review)
                .sorted(Comparator.comparing(Review::by))
                .toList();
    }

    /** The review in a commit, if there is one that can be read. */
    Optional<ReviewEvent> review(CommitId commit) {
        return ReviewEvent.read(document(commit, ReviewEvent.FILE)).value();
    }

    /** A document of an event; empty text when it is not there, which no reader accepts. */
    private SourceFile document(CommitId commit, String name) {
        return repository.snapshot(commit).read(name).orElseGet(() -> SourceFile.of(name, ""));
    }
}
