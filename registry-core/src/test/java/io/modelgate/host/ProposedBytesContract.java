package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.audit.Garbage;
import io.modelgate.audit.GarbageCollection;
import io.modelgate.audit.GarbageScope;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.promotion.Workplace;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which bytes proposals on a host protect from {@code gc}. All objects in the store are older than the grace period.
 *
 * @param <R> the rig
 */
abstract class ProposedBytesContract<R extends HostRig> {
    private static final Duration GRACE = Duration.ofDays(7);
    private static final Duration ENDED = Duration.ofDays(180);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final GarbageScope SCOPE = GarbageScope.olderThan(GRACE);
    private static final GarbageScope FORGETTING = new GarbageScope(Set.of(), GRACE, Optional.of(ENDED));

    @TempDir
    Path folder;

    R rig;

    abstract R newRig();

    /** Proposes this commit's files from a fork, so that no branch of the registry leads to them. */
    abstract Proposal openFromFork(SourceFile file);

    /** The same host, which cannot be reached. */
    abstract GitHost unreachable();

    /** Whether the host keeps a ref for the head of a proposal that is closed. */
    boolean keepsRefs() {
        return true;
    }

    @BeforeEach
    void init() throws IOException {
        rig = newRig();
        Files.createDirectories(folder.resolve("artifacts"));
    }

    @AfterEach
    void close() {
        if (rig != null) {
            rig.close();
        }
    }

    final GarbageCollection collection(GarbageScope scope, Duration later) {
        return collection(rig.host("carol"), scope, later);
    }

    private GarbageCollection collection(GitHost host, GarbageScope scope, Duration later) {
        Workplace workplace = new Workplace(
                rig.clone("carol"),
                host,
                () -> new Author("carol", "carol@acme.example"),
                Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC),
                folder,
                Progress.NONE);
        rig.clone("carol").refreshNow();
        return new GarbageCollection(workplace, List.of(), scope);
    }

    final List<Digest> garbage(GarbageScope scope, Duration later) {
        return digests(collection(scope, later).find().garbage());
    }

    private static List<Digest> digests(List<Garbage> garbage) {
        return garbage.stream().map(each -> each.object().digest()).toList();
    }

    /** Something in the store. */
    final Digest stored(String text) {
        Digest digest = Digest.of(text);
        try {
            Path object = folder.resolve("artifacts/sha256")
                    .resolve(digest.hex().substring(0, 2))
                    .resolve(digest.hex());
            Files.createDirectories(object.resolveSibling(""));
            Files.writeString(object, text);
            Files.setLastModifiedTime(object, FileTime.from(Instant.now().minus(Duration.ofDays(30))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return digest;
    }

    static SourceFile mention(String path, Digest digest) {
        return SourceFile.of(path, "see " + digest + "\n");
    }

    private Proposal propose(String name, SourceFile... files) {
        return rig.open("alice", name, rig.head("alice", files));
    }

    private void removeBranch(String name) {
        rig.clone("alice").refreshNow();
        String ref = "refs/heads/alice/" + name;
        rig.clone("alice").ref(ref).ifPresent(head -> rig.clone("alice").publish(List.of(RefChange.delete(ref, head))));
    }

    private static SourceFile bytes(String path, byte[] bytes) {
        return new SourceFile(path, bytes);
    }

    @Test
    void whateverFileOfAnOpenProposalMentionsIt() {
        Digest malformed = stored("malformed");
        Digest elsewhere = stored("elsewhere");
        Digest wide = stored("wide");
        Digest huge = stored("huge");
        Digest otherStore = stored("of another store");
        Digest rubbish = stored("rubbish");
        String padding = "x".repeat((1 << 16) - 30);
        propose(
                "one",
                SourceFile.of(
                        "models/credit/risk/versions/1.0.0/version.yaml",
                        "kind: ModelVersion\n\tartifacts: [" + malformed + "\n  : {{\n"),
                SourceFile.of("odd/.hidden/Read Me", elsewhere.hex().toUpperCase(Locale.ROOT)),
                bytes("wide.yaml", ("digest: " + wide).getBytes(StandardCharsets.UTF_16)),
                SourceFile.of("huge.txt", (padding + huge + padding).repeat(60)),
                SourceFile.of(
                        "models/credit/risk/versions/1.1.0/version.yaml",
                        "store: nowhere\nartifacts: [{path: a, digest: " + otherStore + ", size: 1}]\n"));
        assertThat(garbage(SCOPE, Duration.ZERO)).containsExactly(rubbish);
        assertThat(garbage(FORGETTING, YEAR)).containsExactly(rubbish);
    }

    @Test
    void alsoWhenItIsFromAFork() {
        Digest forked = stored("forked");
        Digest rubbish = stored("rubbish");
        Proposal proposal = openFromFork(mention("models/a/b/notes", forked));
        assertThat(garbage(SCOPE, Duration.ZERO)).containsExactly(rubbish);
        assertThat(garbage(FORGETTING, YEAR)).containsExactly(rubbish);
        rig.host("carol").close(proposal.number());
        assertThat(garbage(SCOPE, Duration.ZERO).contains(forked)).isEqualTo(!keepsRefs());
        assertThat(garbage(FORGETTING, YEAR)).containsExactlyInAnyOrder(forked, rubbish);
    }

    @Test
    void alsoWhenAForkProposesItMeanwhile() {
        Digest late = stored("late");
        GarbageCollection collection = collection(SCOPE, Duration.ZERO);
        assertThat(digests(collection.find().garbage())).containsExactly(late);
        openFromFork(mention("models/a/b/notes", late));
        List<Garbage> gone = new ArrayList<>();
        collection.delete(gone::add);
        assertThat(gone).isEmpty();
    }

    @Test
    void afterItIsClosedForAsLongAsWhoeverAsksWants() {
        Digest closed = stored("closed");
        Proposal proposal = propose("one", mention("notes", closed));
        rig.host("carol").close(proposal.number());
        assertThat(garbage(FORGETTING, YEAR)).as("its branch is there").isEmpty();
        removeBranch("one");
        if (keepsRefs()) {
            assertThat(garbage(SCOPE, YEAR)).as("it can be opened again").isEmpty();
            assertThat(garbage(FORGETTING, Duration.ZERO))
                    .as("it was closed just now")
                    .isEmpty();
        }
        assertThat(garbage(FORGETTING, YEAR)).containsExactly(closed);
        GarbageCollection collection = collection(FORGETTING, YEAR);
        collection.find();
        List<Garbage> gone = new ArrayList<>();
        collection.delete(gone::add);
        assertThat(digests(gone)).containsExactly(closed);
    }

    @Test
    void afterItIsMergedOnlyWhatIsOnTheTargetBranchForEver() {
        Digest first = stored("first try");
        Digest merged = stored("merged");
        CommitId tried = rig.head("alice", mention("notes", first));
        CommitId head = rig.commit("alice", List.of(tried), "Better", mention("notes", merged));
        Proposal proposal = rig.open("alice", "one", head);
        assertThat(rig.merge(proposal, rig.target())).isInstanceOf(MergeResult.Merged.class);
        removeBranch("one");
        // A merge keeps all commits of the proposal on the target branch.
        assertThat(garbage(FORGETTING, YEAR)).isEmpty();
    }

    @Test
    void andNothingGoesWhenTheHostCannotBeAsked() {
        stored("rubbish");
        assertThatThrownBy(() -> collection(unreachable(), SCOPE, Duration.ZERO).find())
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.ENVIRONMENT));
    }
}
