package io.modelgate.host;

import static io.modelgate.policy.Review.State.APPROVED;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Review;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the local host does beside what every host must; {@link LocalHostAtOnceTest} is about many who use it at once. */
class LocalHostTest extends GitHostContract {
    static final String MAIN = "refs/heads/main";
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
    static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:artifacts"}]
            people: [{id: alice, emails: [alice@acme.example]}]
            roles: {reviewer: [bob]}
            """;

    @TempDir
    Path folder;

    private RegistryRepository repository;

    @BeforeEach
    void init() {
        repository = Repositories.init(folder.resolve("registry.git"), "main");
        CommitId first = commit(List.of(), "admin", SourceFile.of("registry.yaml", REGISTRY));
        repository.publish(List.of(RefChange.create(MAIN, first)));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Override
    LocalHost host(String user) {
        return host(repository, user);
    }

    static LocalHost host(RegistryRepository repository, String user) {
        return new LocalHost(repository, new UserId(user), author(user), CLOCK, "main");
    }

    static Author author(String user) {
        return new Author(user, CommitPeople.madeUpAddress(new UserId(user)));
    }

    @Override
    CommitId target() {
        return repository.ref(MAIN).orElseThrow();
    }

    @Override
    CommitId head(String user, String file) {
        return commit(List.of(target()), user, SourceFile.of(file, file + " of " + user + "\n"));
    }

    @Override
    CommitId head(String user, String file, String trailer) {
        return repository.commit(
                repository.edit(repository.snapshot(target()), TreeEdit.of(List.of(SourceFile.of(file, file + "\n")))),
                new CommitDraft("Add " + file + "\n\n" + trailer, author(user), CLOCK.instant(), List.of(target())));
    }

    @Override
    CommitFacts facts(CommitId commit) {
        return repository.facts(commit);
    }

    @Test
    void numbersProposalsWithoutGaps() {
        for (int i = 1; i <= 9; i++) {
            assertThat(open("alice", "source " + i, head("alice", "file" + i)).number())
                    .isEqualTo(i);
        }
        host("alice").close(9);
        host("alice").close(4);

        assertThat(open("bob", "source", head("bob", "file")).number()).isEqualTo(10);
    }

    @Test
    void changesTheTextOfAProposalWhoseHeadStays() {
        CommitId head = head("alice", "one");
        open("alice", "one", head);

        Proposal retitled = host("alice").open(new ProposalDraft(new ProposalText("Add the one", "", "one"), head));

        assertThat(retitled.number()).isEqualTo(1);
        assertThat(host("bob").read(1).title()).isEqualTo("Add the one");
    }

    @Test
    void tellsProposalsOfSeveralAuthorsApart() {
        Proposal ofAlice = open("alice", "one", head("alice", "one"));
        Proposal ofBob = open("bob", "one", head("bob", "one"));

        assertThat(ofBob.number()).isNotEqualTo(ofAlice.number());
    }

    @Test
    void refusesToProposeWhatIsMergedOrUnknown() {
        assertTrouble(RegistryException.Kind.USAGE, () -> open("alice", "one", target()))
                .hasMessageContaining("on the target branch already");
        assertTrouble(RegistryException.Kind.USAGE, () -> open("alice", "one", new CommitId("0".repeat(39) + "1")))
                .hasMessageContaining("no commit");
    }

    @Test
    void refusesTextThatNobodyCouldReadBack() {
        CommitId head = head("alice", "one");

        assertTrouble(
                RegistryException.Kind.USAGE,
                () -> host("alice").open(new ProposalDraft(new ProposalText("Add \u202eone", "", "one"), head)));
        assertThat(repository.refs("refs/modelgate/")).isEmpty();
    }

    @Test
    void countsThePeopleThatCommitsNameAsParticipants() {
        CommitId known = commit(List.of(target()), new Author("A", "Alice@ACME.example"), SourceFile.of("one", "1"));
        CommitId head = commit(List.of(known), "carol", SourceFile.of("two", "2"));

        Proposal proposal = open("dave", "one", head);

        assertThat(proposal.participants().contributors())
                .extracting(UserId::value)
                .containsExactly("alice", "carol", "dave");
        assertTrouble(RegistryException.Kind.USAGE, () -> review("carol", proposal, APPROVED));
    }

    @Test
    void letsTheAuthorAndHoldersOfARoleCloseAProposal() {
        open("alice", "one", head("alice", "one"));

        assertTrouble(RegistryException.Kind.USAGE, () -> host("carol").close(1));
        host("bob").close(1);

        assertThat(host("alice").read(1).state()).isEqualTo(Proposal.State.CLOSED);
    }

    @Test
    void readsAReviewOnlyFromTheRefOfItsReviewer() {
        Proposal proposal = open("alice", "one", head("alice", "one"));
        SourceFile forged = new ReviewEvent(new Review(new UserId("bob"), APPROVED, proposal.head()), "").toFile();
        CommitId event = commit(List.of(proposal.head()), "mallory", forged);

        repository.publish(List.of(RefChange.create("refs/modelgate/reviews/1/mallory", event)));

        assertThat(reviews(proposal)).isEmpty();
    }

    @Test
    void readsAsMergedWhatWasMergedByAProcessThatDied() {
        Proposal proposal = open("alice", "one", head("alice", "one"));
        CommitId merge = repository.commit(
                repository.snapshot(proposal.head()),
                new CommitDraft(MESSAGE, author("bob"), CLOCK.instant(), List.of(target(), proposal.head())));
        repository.publish(List.of(RefChange.move(MAIN, target(), merge)));

        assertThat(host("bob").read(1).state()).isEqualTo(Proposal.State.MERGED);
        assertThat(host("bob").list(Proposal.State.OPEN)).isEmpty();
        assertThat(host("bob").list(Proposal.State.MERGED)).hasSize(1);
    }

    @Test
    void keepsOneCommentForEachMarker() {
        open("alice", "one", head("alice", "one"));

        host("bob").comment(1, "<!-- gate -->", "pending");
        host("bob").comment(1, "<!-- chat -->", "hello");
        host("bob").comment(1, "<!-- gate -->", "pass");

        assertThat(host("alice").comments(1)).containsExactlyInAnyOrder("<!-- gate -->\npass", "<!-- chat -->\nhello");
    }

    @Test
    void writesNothingWhenCommentAndStatusAreThereAlready() {
        Proposal proposal = open("alice", "one", head("alice", "one"));
        Status status = new Status(Status.State.PENDING, "Wait.");
        host("bob").comment(1, "<!-- gate -->", "pending");
        host("bob").status(proposal.head(), status);
        Object before = repository.refs("refs/modelgate/");

        host("bob").comment(1, "<!-- gate -->", "pending");
        host("bob").status(proposal.head(), status);

        assertThat(repository.refs("refs/modelgate/")).isEqualTo(before);
    }

    @Test
    void takesStatusesAwayWithTheProposalTheyWereOf() {
        Proposal proposal = open("alice", "one", head("alice", "one"));
        host("bob").status(proposal.head(), new Status(Status.State.PENDING, "Wait."));
        host("carol").status(proposal.head(), new Status(Status.State.PENDING, "Wait."));

        host("bob").merge(request(proposal, target()));

        assertThat(repository.refs("refs/modelgate/")).containsOnlyKeys("refs/modelgate/closed/1");
    }

    @Test
    void neverGoesBackInTime() {
        CommitId future = repository.commit(
                repository.snapshot(target()),
                new CommitDraft("later", author("admin"), CLOCK.instant().plusSeconds(90), List.of(target())));
        repository.publish(List.of(RefChange.move(MAIN, target(), future)));
        Proposal proposal = open("alice", "one", head("alice", "one"));

        host("bob").merge(request(proposal, future));

        assertThat(facts(target()).committedAt()).isEqualTo(CLOCK.instant().plusSeconds(90));
    }

    private CommitId commit(List<CommitId> parents, String user, SourceFile file) {
        return commit(repository, parents, author(user), file);
    }

    private CommitId commit(List<CommitId> parents, Author author, SourceFile file) {
        return commit(repository, parents, author, file);
    }

    static CommitId commit(RegistryRepository repository, List<CommitId> parents, Author author, SourceFile file) {
        Optional<CommitId> base = parents.stream().findFirst();
        return repository.commit(
                repository.edit(
                        base.map(repository::snapshot).orElseGet(repository::empty), TreeEdit.of(List.of(file))),
                new CommitDraft("Add " + file.path() + "\n", author, CLOCK.instant(), parents));
    }
}
