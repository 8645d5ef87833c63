package io.modelgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.Registry;
import io.modelgate.RegistryLocation;
import io.modelgate.Session;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.host.ProposalText;
import io.modelgate.host.ReviewDraft;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.Review;
import io.modelgate.promotion.PromotionRequest;
import io.modelgate.promotion.RegistrationRequest;
import io.modelgate.promotion.Submission;
import io.modelgate.promotion.TrainingOutput;
import io.modelgate.store.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever waits for a proposal hears of each change once, whatever happens to it, and of its end. */
class WaitingTest {
    private static final Path SAMPLES = Path.of("..", "samples", "credit-default-risk");
    private static final String CONFIG = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            host: {kind: local}
            stores:
              - {name: main, url: "file:artifacts"}
            people:
              - {id: ann, emails: [ann@acme.example]}
              - {id: ben, emails: [ben@acme.example]}
            """;
    private static final String POLICY = """
            apiVersion: modelgate.io/v1
            kind: Policy
            name: release
            appliesTo: {stages: [dev]}
            rules:
              - id: second-person
                rationale: Nobody releases alone.
                approvals: {count: 1}
            """;

    @TempDir
    Path work;

    private final List<Registry> open = new ArrayList<>();
    private final Moving clock = new Moving();
    private Registry ann;
    private Registry ben;
    private Waiting waiting;
    private int number;

    /** A clock that tests move. */
    private static final class Moving extends Clock {
        private Instant now = Instant.parse("2026-11-23T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void propose() {
        try (RegistryRepository repository = Repositories.init(work.resolve("registry.git"), "main")) {
            CommitId first = repository.commit(
                    repository.edit(
                            repository.empty(),
                            TreeEdit.of(List.of(
                                    SourceFile.of("registry.yaml", CONFIG),
                                    SourceFile.of("policies/release.yaml", POLICY)))),
                    new CommitDraft("Begin", new Author("Ann", "ann@acme.example"), clock.instant(), List.of()));
            repository.publish(List.of(RefChange.create("refs/heads/main", first)));
            repository.configure(new TreeMap<>(Map.of("modelgate.identity", "declared")));
        }
        ann = as("ann");
        ben = as("ben");
        TrainingOutput output = TrainingOutput.in(SAMPLES.resolve("1.0.0")).get();
        RegistrationRequest request = new RegistrationRequest(
                VersionId.parse("credit/default-risk@1.0.0"), output.documents(), Optional.empty());
        ann.submit(() -> ann.plan(request, output.files()), true).get();
        number = promote().proposal().orElseThrow();
        waiting = ann.waiting();
        waiting.add(number, true, "");
    }

    @AfterEach
    void close() {
        open.forEach(Registry::close);
    }

    @Test
    void saysEachStateOnceAndMergesWhatPasses() {
        assertThat(lines()).containsExactly("waits: 1 more approval needed. Ask anybody who had no hand in it.");
        assertThat(waiting.look()).isEmpty();
        assertThat(waiting.look()).isEmpty();
        review(Review.State.APPROVED);
        List<Waiting.News> news = waiting.look();
        assertThat(news).hasSize(1);
        assertThat(((Waiting.News.Merged) news.get(0)).commit()).contains(main());
        assertThat(((Waiting.News.Merged) news.get(0)).verdict()).isPresent();
        assertThat(waiting.isEmpty()).isTrue();
        assertThat(waiting.look()).isEmpty();
    }

    @Test
    void mergesNothingThatNobodyWantsAnyMore() {
        lines();
        review(Review.State.APPROVED);
        assertThat(waiting.look(each -> false))
                .containsExactly(new Waiting.News.Line(number, "passes, and waits to be merged"));
    }

    @Test
    void saysNothingTwiceAfterARestart() {
        String said = lines().get(0);
        Waiting next = ann.waiting();
        next.add(number, true, said);
        assertThat(next.look()).isEmpty();
        review(Review.State.APPROVED);
        assertThat(next.look()).hasSize(1).first().isInstanceOf(Waiting.News.Merged.class);
    }

    @Test
    void waitsAgainWhenAnApprovalIsWithdrawnOrTheHeadMoves() {
        Waiting watching = ann.waiting();
        watching.add(number, false, "");
        assertThat(watching.look()).hasSize(1);
        review(Review.State.APPROVED);
        assertThat(line(watching)).isEqualTo("passes, and waits to be merged");
        review(Review.State.DISMISSED);
        assertThat(line(watching)).startsWith("waits: 1 more approval needed.");
        review(Review.State.APPROVED);
        assertThat(line(watching)).isEqualTo("passes, and waits to be merged");
        move();
        assertThat(line(watching)).startsWith("waits: 1 more approval needed.");
    }

    @Test
    void hearsOfAMergeByHand() {
        lines();
        review(Review.State.APPROVED);
        CommitId commit = ben.merge(number).merged().orElseThrow();
        assertThat(waiting.look())
                .containsExactly(new Waiting.News.Merged(number, Optional.of(commit), Optional.empty()));
    }

    @Test
    void hearsThatItWasClosed() {
        lines();
        ann.host().close(number);
        Waiting.News.Over over = over();
        assertThat(over.why()).startsWith("Proposal " + number + " was closed without being merged.");
        assertThat(over.verdict()).isEmpty();
    }

    @Test
    void endsWhenTheGateFailsIt() {
        lines();
        put("policies/release.yaml", POLICY.replace("approvals: {count: 1}", "signature: {keys: [release]}"));
        // nobody touched the proposal: the target branch is looked at anew in time
        clock.now = clock.now.plus(Duration.ofMinutes(11));
        Waiting.News.Over over = over();
        assertThat(over.why()).startsWith("The gate does not let proposal " + number + " pass any more.");
        assertThat(over.verdict()).isPresent();
    }

    @Test
    void endsForAProposalThatIsNotThere() {
        waiting.remove(number);
        waiting.add(99, true, "");
        assertThat(over().why()).startsWith("There is no proposal 99.");
    }

    @Test
    void findsTheSameProposalForASecondBuild() {
        assertThat(promote().proposal()).hasValue(number);
    }

    @Test
    void looksAtNothingWhenNothingIsWaitedFor() {
        waiting.remove(number);
        assertThat(waiting.isEmpty()).isTrue();
        assertThat(waiting.look()).isEmpty();
    }

    private Submission promote() {
        PromotionRequest request = new PromotionRequest(
                List.of(VersionId.parse("credit/default-risk@1.0.0")),
                new Stage("dev"),
                StagePointer.Reason.PROMOTE,
                Optional.empty());
        return ann.submit(() -> ann.plan(request), true).get();
    }

    private void review(Review.State state) {
        ben.review(number, new ReviewDraft(state, "", Optional.empty()));
    }

    /** The author pushes once more. */
    private void move() {
        RegistryRepository repository = ann.workplace().repository();
        CommitId head = ann.proposal(number).head();
        CommitId next = repository.commit(
                repository.snapshot(head),
                new CommitDraft("Again", new Author("Ann", "ann@acme.example"), clock.instant(), List.of(head)));
        ProposalText text = ann.proposal(number).text();
        ann.propose(next.toString(), text, false);
    }

    private void put(String path, String content) {
        RegistryRepository repository = ann.workplace().repository();
        CommitId tip = main();
        Snapshot changed =
                repository.edit(repository.snapshot(tip), TreeEdit.of(List.of(SourceFile.of(path, content))));
        CommitId next = repository.commit(
                changed, new CommitDraft("Put", new Author("Ann", "ann@acme.example"), clock.instant(), List.of(tip)));
        repository.publish(List.of(RefChange.move("refs/heads/main", tip, next)));
    }

    private CommitId main() {
        return ann.workplace().target();
    }

    private List<String> lines() {
        return waiting.look().stream()
                .map(news -> ((Waiting.News.Line) news).text())
                .toList();
    }

    private static String line(Waiting watching) {
        List<Waiting.News> news = watching.look();
        assertThat(news).hasSize(1).first().isInstanceOf(Waiting.News.Line.class);
        return ((Waiting.News.Line) news.get(0)).text();
    }

    private Waiting.News.Over over() {
        List<Waiting.News> news = waiting.look();
        assertThat(news).hasSize(1).first().isInstanceOf(Waiting.News.Over.class);
        assertThat(waiting.isEmpty()).isTrue();
        return (Waiting.News.Over) news.get(0);
    }

    private Registry as(String user) {
        Registry registry = Registry.open(
                new RegistryLocation(work.resolve("registry.git").toString()),
                new Session(Optional.of(user), clock, Map.of(), work.resolve("cache"), Progress.NONE));
        open.add(registry);
        return registry;
    }
}
