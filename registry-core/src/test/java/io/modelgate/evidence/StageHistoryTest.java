package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageHistoryTest {
    private static final Stage UAT = new Stage("uat");
    private static final ModelName MODEL = ModelName.parse("credit/default-risk");
    private static final ModelName OTHER = ModelName.parse("credit/other");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    Path folder;

    private RegistryRepository repository;
    private Snapshot tree;
    private Optional<CommitId> tip = Optional.empty();
    private final List<CommitId> commits = new ArrayList<>();

    @BeforeEach
    void init() {
        repository = Repositories.init(folder.resolve("registry.git"), "main");
        tree = repository.empty();
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void knowsSinceWhenAVersionIsInAStage() {
        commit(0, "one");
        move(1, pointer("1.0.0"));
        commit(2, "two");
        move(3, pointer("1.1.0"));
        commit(4, "three");
        commit(5, "four");

        Tenure tenure = current(0).orElseThrow();

        assertThat(tenure.pointer().target().version()).hasToString("1.1.0");
        assertThat(tenure.from()).isEqualTo(day(3));
        assertThat(tenure.to()).isEmpty();
        assertThat(tenure.commit().id()).isEqualTo(commits.get(3));
        assertThat(tenure.length(day(5))).isEqualTo(Duration.ofDays(2));
        assertThat(tenure.length(day(2))).isZero();
    }

    @Test
    void knowsNothingOfAStageThatIsEmpty() {
        commit(0, "one");
        assertThat(current(0)).isEmpty();
        move(1, pointer("1.0.0"));
        delete(2, pointer("1.0.0").toFile().path());
        assertThat(current(0)).isEmpty();
    }

    @Test
    void countsAgainWhenAVersionCameBack() {
        move(0, pointer("1.0.0"));
        move(1, pointer("1.1.0"));
        move(2, pointer("1.0.0"));
        commit(3, "one");
        assertThat(current(0).orElseThrow().from()).isEqualTo(day(2));
        delete(4, pointer("1.0.0").toFile().path());
        move(5, pointer("1.0.0"));
        assertThat(current(0).orElseThrow().from()).isEqualTo(day(5));
    }

    @Test
    void countsOnWhenOnlyTheNoteChanged() {
        move(0, pointer("1.0.0"));
        move(
                1,
                new StagePointer(
                        MODEL, UAT, target("1.0.0"), StagePointer.Reason.HOTFIX, Optional.of("x"), Optional.empty()));
        Tenure tenure = current(0).orElseThrow();
        assertThat(tenure.from()).isEqualTo(day(0));
        assertThat(tenure.pointer().reason()).isEqualTo(StagePointer.Reason.PROMOTE);
    }

    @Test
    void countsAgainWhenTheBytesChangedUnderTheSameVersion() {
        move(0, pointer("1.0.0"));
        VersionTarget forged = new VersionTarget(Version.parse("1.0.0"), Digest.of("other"), Digest.of("1.0.0"));
        move(1, new StagePointer(MODEL, UAT, forged, StagePointer.Reason.PROMOTE, Optional.empty(), Optional.empty()));
        assertThat(current(0).orElseThrow().from()).isEqualTo(day(1));
    }

    @Test
    void isNotFooledByOtherModelsAndStages() {
        move(0, pointer("1.0.0"));
        move(
                1,
                new StagePointer(
                        OTHER, UAT, target("2.0.0"), StagePointer.Reason.PROMOTE, Optional.empty(), Optional.empty()));
        move(
                2,
                new StagePointer(
                        MODEL,
                        new Stage("prod"),
                        target("1.0.0"),
                        StagePointer.Reason.PROMOTE,
                        Optional.empty(),
                        Optional.empty()));
        assertThat(current(0).orElseThrow().from()).isEqualTo(day(0));
        assertThat(history().wasLive(UAT, MODEL, Digest.of("m2.0.0"))).isFalse();
    }

    @Test
    void readsFirstParentsOnly() {
        move(0, pointer("1.0.0"));
        CommitId main = commits.get(0);
        move(1, pointer("9.9.9"));
        CommitId side = commits.get(1);
        tree = repository.snapshot(main);
        CommitId merge = repository.commit(
                tree, new CommitDraft("merge", new Author("gate", "gate@acme.example"), day(2), List.of(main, side)));
        StageHistory history = StageHistory.of(repository, merge);
        assertThat(history.wasLive(UAT, MODEL, Digest.of("m9.9.9"))).isFalse();
        assertThat(history.current(UAT, MODEL, day(0)).orElseThrow().from()).isEqualTo(day(0));
    }

    @Test
    void isNotMadeLongerByAClockThatWentBack() {
        commit(10, "one");
        commit(11, "two");
        move(-300, pointer("1.0.0"));
        commit(12, "three");
        assertThat(current(0).orElseThrow().from()).isEqualTo(day(11));
        assertThat(current(0).orElseThrow().commit().id()).isEqualTo(commits.get(2));
    }

    @Test
    void isNotMadeLongerByAClockThatWasWrongAFewTimes() {
        commit(10, "one");
        move(-300, pointer("1.0.0"));
        for (int i = 0; i < BranchHistory.LOOK_BEHIND - 1; i++) {
            commit(-299, "c" + i);
        }
        assertThat(current(5).orElseThrow().from()).isEqualTo(day(10));
    }

    @Test
    void stopsLookingBackWhenEnoughCommitsAreOldEnough() {
        commit(0, "long ago");
        move(1, pointer("1.0.0"));
        for (int i = 2; i < 100; i++) {
            commit(i, "c" + i);
        }
        Tenure tenure = current(60).orElseThrow();
        assertThat(tenure.from()).isEqualTo(day(59));
        assertThat(tenure.commit().committedAt()).isEqualTo(day(59 - BranchHistory.LOOK_BEHIND));
        assertThat(current(1).orElseThrow().from()).isEqualTo(day(1));
        assertThat(current(33).orElseThrow().from()).isEqualTo(day(1));
        assertThat(current(34).orElseThrow().from()).isEqualTo(day(33));
    }

    @Test
    void knowsEveryVersionThatWasLive() {
        move(0, pointer("1.0.0"));
        move(1, pointer("1.1.0"));
        move(2, pointer("1.2.0"));
        assertThat(history().wasLive(UAT, MODEL, Digest.of("m1.0.0"))).isTrue();
        assertThat(history().wasLive(UAT, MODEL, Digest.of("m1.2.0"))).isTrue();
        assertThat(history().wasLive(UAT, MODEL, Digest.of("m1.3.0"))).isFalse();
        assertThat(history().wasLive(new Stage("prod"), MODEL, Digest.of("m1.0.0")))
                .isFalse();
    }

    @Test
    void takesAPointerThatCannotBeReadForNone() {
        move(0, pointer("1.0.0"));
        write(1, SourceFile.of(pointer("1.0.0").toFile().path(), "a: [\n"));
        assertThat(current(0)).isEmpty();
        move(2, pointer("1.0.0"));
        assertThat(current(0).orElseThrow().from()).isEqualTo(day(2));
        assertThat(history().tenures(UAT, MODEL, 9)).extracting(Tenure::from).containsExactly(day(2), day(0));
    }

    @Test
    void listsTheTenuresOfAStageNewestFirst() {
        commit(0, "one");
        move(1, pointer("1.0.0"));
        commit(2, "two");
        move(3, pointer("1.1.0"));
        delete(4, pointer("1.1.0").toFile().path());
        commit(5, "three");
        move(6, pointer("1.0.0"));

        List<Tenure> tenures = history().tenures(UAT, MODEL, 10);

        assertThat(tenures)
                .extracting(each -> each.pointer().target().version() + " " + each.from() + " " + each.to())
                .containsExactly(
                        "1.0.0 " + day(6) + " Optional.empty",
                        "1.1.0 " + day(3) + " " + Optional.of(day(4)),
                        "1.0.0 " + day(1) + " " + Optional.of(day(3)));
        assertThat(tenures)
                .extracting(each -> each.commit().id())
                .containsExactly(commits.get(6), commits.get(3), commits.get(1));
        assertThat(tenures.get(1).length(day(9))).isEqualTo(Duration.ofDays(1));
        assertThat(history().tenures(UAT, MODEL, 2)).isEqualTo(tenures.subList(0, 2));
        assertThat(history().tenures(UAT, MODEL, 0)).isEmpty();
        assertThat(history().tenures(UAT, OTHER, 5)).isEmpty();
    }

    @Test
    void knowsWhoApproved() {
        CommitFacts commit = new CommitFacts(
                new CommitId("0".repeat(40)),
                List.of(),
                "Promote\n\nModelgate-Verdict: pass\nApproved-by: local:bob Bob\nApproved-by: local:carol Carol\n",
                new CommitFacts.Signature("gate", "gate@acme.example"),
                new CommitFacts.Signature("gate", "gate@acme.example"),
                START);
        assertThat(new Tenure(pointer("1.0.0"), START, Optional.empty(), commit).approvedBy())
                .containsExactly("local:bob Bob", "local:carol Carol");
    }

    @Test
    void saysNothingWithoutAHistory() {
        assertThat(StageHistory.NONE.current(UAT, MODEL, START)).isEmpty();
        assertThat(StageHistory.NONE.wasLive(UAT, MODEL, Digest.of("m1.0.0"))).isFalse();
        assertThat(StageHistory.NONE.tenures(UAT, MODEL, 1)).isEmpty();
    }

    private Optional<Tenure> current(int notBefore) {
        return history().current(UAT, MODEL, day(notBefore));
    }

    private StageHistory history() {
        return StageHistory.of(repository, tip.orElseThrow());
    }

    private static Instant day(int days) {
        return START.plus(Duration.ofDays(days));
    }

    private static StagePointer pointer(String version) {
        return new StagePointer(
                MODEL, UAT, target(version), StagePointer.Reason.PROMOTE, Optional.empty(), Optional.empty());
    }

    private static VersionTarget target(String version) {
        return new VersionTarget(Version.parse(version), Digest.of("m" + version), Digest.of(version));
    }

    private void move(int day, StagePointer pointer) {
        write(day, pointer.toFile());
    }

    private void commit(int day, String text) {
        write(day, SourceFile.of("README.md", text));
    }

    private void write(int day, SourceFile file) {
        edit(day, TreeEdit.of(List.of(file)));
    }

    private void delete(int day, String path) {
        TreeMap<String, Optional<SourceFile>> files = new TreeMap<>();
        files.put(path, Optional.empty());
        edit(day, new TreeEdit(files));
    }

    private void edit(int day, TreeEdit edit) {
        tree = repository.edit(tree, edit);
        CommitDraft draft = new CommitDraft(
                "change",
                new Author("gate", "gate@acme.example"),
                day(day),
                tip.stream().toList());
        tip = Optional.of(repository.commit(tree, draft));
        commits.add(tip.get());
    }
}
