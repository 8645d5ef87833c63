package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.PublishResult;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Participants;
import io.modelgate.policy.Review;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The embedded Git host: a bare repository that keeps its own proposals, reviews, comments and statuses in refs, each a chain
 * of commits that only grows. What a merge did to the target branch counts; if a process dies before it has moved the
 * proposal to the closed ones, the proposal still reads as merged, because its head is on the target branch.
 */
public final class LocalHost implements GitHost {
    private static final int MOST_COMMITS = 1_000;
    private static final int MOST_TRIES = 100;

    private final RegistryRepository repository;
    private final UserId me;
    private final Author author;
    private final Clock clock;
    private final String branch;

    /** A host in this repository for this user, whose commits carry that author. */
    public LocalHost(RegistryRepository repository, UserId me, Author author, Clock clock, String branch) {
        this.repository = repository;
        this.me = me;
        this.author = author;
        this.clock = clock;
        this.branch = "refs/heads/" + branch;
    }

    @Override
    public String kind() {
        return "local";
    }

    @Override
    public UserId me() {
        return me;
    }

    @Override
    public Proposal open(ProposalDraft draft) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            repository.refresh();
            Optional<ProposalEvent> mine = openEvents()
                    .filter(event -> event.author().equals(me)
                            && event.text().source().equals(draft.text().source()))
                    .findFirst();
            ProposalEvent event = mine.map(old -> old.moved(draft.head(), draft.text(), me))
                    .orElseGet(() -> new ProposalEvent(
                            nextNumber(), draft.text(), me, Proposal.State.OPEN, draft.head(), Set.of(me), me));
            boolean same = mine.filter(old -> old.head().equals(draft.head())).isPresent();
            if (same || append(LocalRefs.open(event.number()), event.toFile(), Optional.of(event.head()))) {
                return read(event.number());
            }
        }
        throw busy("open a proposal");
    }

    @Override
    public List<Proposal> list(Proposal.State state) {
        repository.refresh();
        Stream<ProposalEvent> events = state == Proposal.State.OPEN
                ? openEvents().filter(event -> stateOf(event) == state)
                : Stream.concat(events(LocalRefs.CLOSED), openEvents()).filter(event -> stateOf(event) == state);
        return events.map(this::proposal)
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList();
    }

    @Override
    public Proposal read(int number) {
        repository.refresh();
        return proposal(event(number));
    }

    @Override
    public void review(int number, ReviewDraft draft) {
        repository.refresh();
        ProposalEvent event = requireOpen(number);
        if (draft.state() == Review.State.APPROVED
                && proposal(event).participants().include(me)) {
            throw RegistryException.usage(
                    me + " made proposal " + number + " or pushed to it, and cannot approve it.",
                    "Ask somebody else: 'modelgate review " + number + " --approve'.");
        }
        ReviewEvent review = new ReviewEvent(new Review(me, draft.state(), event.head()), draft.text());
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            if (append(LocalRefs.review(number, me), review.toFile(), Optional.of(event.head()))) {
                return;
            }
            repository.refresh();
        }
        throw busy("review proposal " + number);
    }

    @Override
    public void comment(int number, String marker, String markdown) {
        SourceFile text = SourceFile.of("comment.md", marker + "\n" + markdown);
        if (!same(LocalRefs.comment(number, me), text)) {
            append(LocalRefs.comment(number, me), text, Optional.empty());
        }
    }

    @Override
    public void status(CommitId commit, Status status) {
        SourceFile text = SourceFile.of("status.txt", status.state().word() + " " + status.description() + "\n");
        String ref = LocalRefs.status(commit.hex(), me);
        if (!same(ref, text)) {
            append(ref, text, Optional.of(commit));
        }
    }

    @Override
    public MergeResult merge(MergeRequest request) {
        repository.refresh();
        ProposalEvent event = requireOpen(request.number());
        if (!event.head().equals(request.head())) {
            return new MergeResult.Moved("the head of proposal " + request.number());
        }
        if (!repository.ref(branch).equals(Optional.of(request.target()))) {
            return new MergeResult.Moved("the target branch");
        }
        MergeOutcome outcome = repository.merge(request.target(), request.head());
        if (!(outcome instanceof MergeOutcome.Merged merged)) {
            return new MergeResult.Refused("it cannot be merged with the target branch");
        }
        CommitId commit = repository.commit(
                merged.result(),
                new CommitDraft(request.message(), author, now(), List.of(request.target(), request.head())));
        PublishResult published = repository.publish(List.of(RefChange.move(branch, request.target(), commit)));
        if (published instanceof PublishResult.Refused refused) {
            return new MergeResult.Refused(refused.message());
        }
        if (published instanceof PublishResult.Lost) {
            return new MergeResult.Moved("the target branch");
        }
        end(event, Proposal.State.MERGED);
        return new MergeResult.Merged(commit);
    }

    @Override
    public void close(int number) {
        repository.refresh();
        end(requireOpen(number), Proposal.State.CLOSED);
    }

    /** The newest comment of anybody on a proposal, for reading in a terminal. */
    public List<String> comments(int number) {
        return repository.refs(LocalRefs.ALL + "comments/" + number + "/").values().stream()
                .flatMap(commit -> repository.snapshot(commit).read("comment.md").stream())
                .map(SourceFile::text)
                .toList();
    }

    private void end(ProposalEvent event, Proposal.State state) {
        String open = LocalRefs.open(event.number());
        Optional<CommitId> old = repository.ref(open);
        if (old.isEmpty()) {
            return;
        }
        CommitId last = write(event.ended(state, me).toFile(), Optional.of(event.head()), old);
        String closed = LocalRefs.closed(event.number());
        PublishResult published = repository.publish(List.of(RefChange.create(closed, last)));
        if (published instanceof PublishResult.Published) {
            repository.publish(List.of(RefChange.delete(open, old.get())));
        }
    }

    private ProposalEvent requireOpen(int number) {
        ProposalEvent event = event(number);
        Proposal.State state = stateOf(event);
        if (state != Proposal.State.OPEN) {
            throw RegistryException.conflict(
                    "Proposal " + number + " is " + state.word() + ".", "See what is open: 'modelgate proposals'.");
        }
        return event;
    }

    private ProposalEvent event(int number) {
        return number < 1
                ? unknown(number)
                : repository
                        .ref(LocalRefs.closed(number))
                        .or(() -> repository.ref(LocalRefs.open(number)))
                        .map(this::event)
                        .orElseGet(() -> unknown(number));
    }

    private static ProposalEvent unknown(int number) {
        throw RegistryException.notFound(
                "There is no proposal " + number + ".", "See what there is: 'modelgate proposals --state all'.");
    }

    private Stream<ProposalEvent> openEvents() {
        return events(LocalRefs.OPEN);
    }

    private Stream<ProposalEvent> events(String prefix) {
        return repository.refs(prefix).values().stream().map(this::event);
    }

    private ProposalEvent event(CommitId commit) {
        SourceFile file = document(commit, ProposalEvent.FILE);
        return ProposalEvent.read(file)
                .value()
                .orElseThrow(
                        () -> RegistryException.integrity(
                                "The proposal in commit " + commit + " cannot be read.",
                                "Somebody wrote it without Modelgate; close it, and install the hook: 'modelgate host install-hook'."));
    }

    private SourceFile document(CommitId commit, String name) {
        return repository
                .snapshot(commit)
                .read(name)
                .orElseThrow(() -> RegistryException.integrity(
                        "Commit " + commit + " holds no " + name + ".",
                        "Somebody wrote it without Modelgate; install the hook: 'modelgate host install-hook'."));
    }

    /** An open proposal whose head is on the target branch was merged by a process that did not live to say so. */
    private Proposal.State stateOf(ProposalEvent event) {
        boolean open = event.state() == Proposal.State.OPEN;
        return open
                        && repository
                                .ref(branch)
                                .filter(target -> repository.isAncestor(event.head(), target))
                                .isPresent()
                ? Proposal.State.MERGED
                : event.state();
    }

    private Proposal proposal(ProposalEvent event) {
        List<Review> reviews = repository.refs(LocalRefs.reviews(event.number())).values().stream()
                .flatMap(commit -> ReviewEvent.read(document(commit, ReviewEvent.FILE)).value().stream())
                .map(ReviewEvent::review)
                .sorted((a, b) -> a.by().compareTo(b.by()))
                .toList();
        return new Proposal(event.number(), event.text(), stateOf(event), event.head(), participants(event), reviews);
    }

    private Participants participants(ProposalEvent event) {
        Set<UserId> contributors = new TreeSet<>(event.pushers());
        repository.ref(branch).ifPresent(target -> {
            List<CommitFacts> commits = repository.between(target, event.head(), MOST_COMMITS + 1);
            if (commits.size() > MOST_COMMITS) {
                throw RegistryException.usage(
                        "Proposal " + event.number() + " has more than " + MOST_COMMITS + " commits.",
                        "Bring the same change as one commit.");
            }
            Governance people = people(repository.snapshot(target));
            commits.stream()
                    .flatMap(commit -> Stream.of(commit.author(), commit.committer()))
                    .flatMap(person -> people.personByEmail(person.email()).stream())
                    .forEach(contributors::add);
        });
        return new Participants(event.author(), contributors, Optional.of(event.by()));
    }

    private static Governance people(Snapshot target) {
        return target.read("registry.yaml")
                .flatMap(file -> RegistryConfig.readTrusted(file).value())
                .map(RegistryConfig::governance)
                .orElse(Governance.NONE);
    }

    private int nextNumber() {
        return Stream.of(LocalRefs.OPEN, LocalRefs.CLOSED)
                        .flatMap(prefix -> repository.refs(prefix).keySet().stream())
                        .map(LocalRefs::number)
                        .flatMapToInt(
                                number -> number.isPresent() ? IntStream.of(number.getAsInt()) : IntStream.empty())
                        .max()
                        .orElse(0)
                + 1;
    }

    private boolean same(String ref, SourceFile file) {
        Function<CommitId, Optional<SourceFile>> present =
                commit -> repository.snapshot(commit).read(file.path());
        return repository
                .ref(ref)
                .flatMap(present)
                .filter(old -> old.digest().equals(file.digest()))
                .isPresent();
    }

    private boolean append(String ref, SourceFile file, Optional<CommitId> about) {
        Optional<CommitId> old = repository.ref(ref);
        CommitId next = write(file, about, old);
        PublishResult published = repository.publish(List.of(new RefChange(ref, old, Optional.of(next))));
        if (published instanceof PublishResult.Refused refused) {
            throw RegistryException.environment(
                    "The registry refused to record this: " + refused.message(), "See 'modelgate doctor'.", null);
        }
        return published instanceof PublishResult.Published;
    }

    private CommitId write(SourceFile file, Optional<CommitId> about, Optional<CommitId> old) {
        List<CommitId> parents = new ArrayList<>();
        old.ifPresent(parents::add);
        about.ifPresent(parents::add);
        return repository.commit(
                repository.edit(repository.empty(), TreeEdit.of(List.of(file))),
                new CommitDraft(file.path() + "\n", author, now(), parents));
    }

    private java.time.Instant now() {
        return clock.instant();
    }

    private static RegistryException busy(String what) {
        return RegistryException.conflict(
                "Others write to this registry all the time; it was not possible to " + what + ".", "Try again.");
    }
}
