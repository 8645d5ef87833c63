package io.modelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.audit.Garbage;
import io.modelgate.audit.GarbageCollection;
import io.modelgate.audit.GarbageReport;
import io.modelgate.audit.GarbageScope;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectionTest {
    private static final Duration GRACE = Duration.ofDays(7);
    private static final Duration LATER = Duration.ofDays(30);
    private static final GarbageScope SCOPE = GarbageScope.olderThan(GRACE);

    @TempDir
    Path work;

    private StoredRegistry stored;

    @BeforeEach
    void registerAVersion() {
        stored = new StoredRegistry(work, "registry");
        stored.make("- {name: main, url: \"file:artifacts\", mirrors: [{url: \"file:mirror\"}]}");
        stored.register("1.0.0", true);
    }

    @Test
    void takesAwayWhatNobodyRefersToAndNothingElse() throws IOException {
        Path rubbish = object(Digest.of("rubbish"));
        write(rubbish);
        try (Registry registry = stored.open(LATER)) {
            GarbageCollection collection = registry.garbage(List.of(), SCOPE);
            GarbageReport report = collection.find();
            assertThat(report.garbage())
                    .extracting(garbage -> garbage.object().digest())
                    .containsExactly(Digest.of("rubbish"));
            assertThat(report.stores().get(0).counts().referred()).isEqualTo(2);
            assertThat(rubbish).as("looking takes nothing away").exists();
            List<Garbage> gone = new ArrayList<>();
            collection.delete(gone::add);
            assertThat(gone).isEqualTo(report.garbage());
        }
        assertThat(rubbish).doesNotExist();
        for (Artifact artifact : stored.artifacts("1.0.0")) {
            assertThat(object(artifact.digest())).exists();
        }
    }

    @Test
    void leavesAloneWhatCameALittleWhileAgo() throws IOException {
        write(object(Digest.of("just uploaded")));
        try (Registry registry = stored.open()) {
            GarbageReport report = registry.garbage(List.of(), SCOPE).find();
            assertThat(report.garbage()).isEmpty();
            assertThat(report.stores().get(0).counts().young()).isEqualTo(1);
        }
    }

    @Test
    void leavesAloneWhatAnOpenProposalRefersTo() {
        stored.register("1.1.0", false);
        try (Registry registry = stored.open(LATER)) {
            assertThat(registry.garbage(List.of(), SCOPE).find().garbage()).isEmpty();
        }
    }

    @Test
    void leavesAloneWhatAnyFileOfAnyBranchMentions() throws IOException {
        Digest mentioned = Digest.of("on a branch of somebody");
        write(object(mentioned));
        write(object(Digest.of("taken off again")));
        try (RegistryRepository repository = Repositories.open(stored.folder())) {
            String branch = "refs/heads/side";
            publish(repository, branch, "notes.txt", "see " + mentioned.hex().toUpperCase(Locale.ROOT) + ".");
            publish(repository, branch, "notes.txt", "see " + Digest.of("taken off again") + ".");
            publish(repository, branch, "notes.txt", "nothing; and " + "0".repeat(65));
        }
        write(object(new Digest("0".repeat(64))));
        try (Registry registry = stored.open(LATER)) {
            assertThat(registry.garbage(List.of(), SCOPE).find().garbage())
                    .extracting(garbage -> garbage.object().digest())
                    .containsExactly(new Digest("0".repeat(64)));
        }
    }

    /** The gate reads what YAML means, and so must this. */
    @Test
    void leavesAloneWhatIsWrittenWithEscapes() throws IOException {
        Digest mentioned = Digest.of("written in an odd way");
        write(object(mentioned));
        String hex = mentioned.hex();
        String odd = String.format(
                "digest: \"sha256:\\x%02x%s\\\n  %s\"", (int) hex.charAt(0), hex.substring(1, 30), hex.substring(30));
        try (RegistryRepository repository = Repositories.open(stored.folder())) {
            publish(repository, "refs/heads/side", "odd.yaml", odd);
        }
        try (Registry registry = stored.open(LATER)) {
            assertThat(registry.garbage(List.of(), SCOPE).find().garbage()).isEmpty();
        }
    }

    @Test
    void leavesAloneWhatIsProposedWhileItRuns() throws IOException {
        Digest late = Digest.of("late");
        write(object(late));
        try (Registry registry = stored.open(LATER)) {
            GarbageCollection collection = registry.garbage(List.of(), SCOPE);
            GarbageReport report = collection.find();
            assertThat(report.garbage()).hasSize(1);
            try (RegistryRepository repository = Repositories.open(stored.folder())) {
                publish(repository, "refs/heads/new", "a.txt", late.toString());
            }
            collection.delete(each -> Assertions.fail("" + each));
        }
        assertThat(object(late)).exists();
    }

    @Test
    void leavesAloneWhatSomebodyUploadedAgainWhileItRuns() throws IOException {
        Path object = object(Digest.of("again"));
        write(object);
        try (Registry registry = stored.open(LATER)) {
            GarbageCollection collection = registry.garbage(List.of(), SCOPE);
            collection.find();
            Files.setLastModifiedTime(object, FileTime.from(Instant.now().plus(LATER)));
            collection.delete(each -> Assertions.fail("" + each));
        }
        assertThat(object).exists();
    }

    /** Both are looked at before one goes. */
    @Test
    void leavesAloneWhatSomebodyUploadsAgainWhileOthersGo() throws IOException {
        List<Digest> both = List.of(Digest.of("one"), Digest.of("other"));
        for (Digest digest : both) {
            write(object(digest));
        }
        try (Registry registry = stored.open(LATER)) {
            GarbageCollection collection = registry.garbage(List.of(), SCOPE);
            collection.find();
            List<Digest> gone = new ArrayList<>();
            collection.delete(each -> {
                gone.add(each.object().digest());
                both.stream().filter(digest -> !gone.contains(digest)).forEach(this::touch);
            });
            assertThat(gone).hasSize(1);
            assertThat(both.stream().filter(digest -> Files.exists(object(digest))))
                    .hasSize(1)
                    .doesNotContainAnyElementsOf(gone);
        }
    }

    private void touch(Digest digest) {
        try {
            Files.setLastModifiedTime(
                    object(digest), FileTime.from(Instant.now().plusSeconds(60)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void forgetsWhatAClosedProposalRefersToWhenItIsAskedTo() {
        int number = stored.register("1.1.0", false).proposal().getAsInt();
        try (Registry registry = stored.open()) {
            registry.host().close(number);
        }
        GarbageScope forgetting = new GarbageScope(Set.of(), GRACE, Optional.of(Duration.ofDays(20)));
        try (Registry registry = stored.open(LATER)) {
            assertThat(registry.garbage(List.of(), SCOPE).find().objects()).isZero();
            assertThat(registry.garbage(List.of(), forgetting).find().objects()).isPositive();
        }
        try (Registry registry = stored.open(Duration.ofDays(10))) {
            assertThat(registry.garbage(List.of(), forgetting).find().objects())
                    .as("closed ten days ago")
                    .isZero();
        }
    }

    @Test
    void leavesAloneWhatARegistryNeedsThatSharesTheStore() {
        StoredRegistry other = new StoredRegistry(work, "other");
        other.make("- {name: main, url: \"file:artifacts\"}");
        other.register("1.1.0", true);
        try (Registry registry = stored.open(LATER);
                Registry sharing = other.open(LATER)) {
            assertThat(registry.garbage(List.of(), SCOPE).find().garbage())
                    .as("that is the danger")
                    .isNotEmpty();
            assertThat(registry.garbage(List.of(sharing), SCOPE).find().garbage())
                    .isEmpty();
        }
    }

    @Test
    void refusesAHistoryThatIsNotWhole() throws IOException {
        write(object(Digest.of("rubbish")));
        Files.writeString(stored.folder().resolve("shallow"), head() + "\n");
        try (Registry registry = stored.open(LATER)) {
            assertThatThrownBy(() -> registry.garbage(List.of(), SCOPE).find())
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("not whole: it is a shallow clone");
        }
    }

    @Test
    void looksAtTheOtherStoresWhenOneCannotBeAsked() throws IOException {
        StoredRegistry other = new StoredRegistry(work, "other");
        other.make("- {name: main, url: \"file:artifacts\"}", "- {name: gone, url: \"played:gone\"}");
        write(object(Digest.of("rubbish")));
        try (Registry registry = other.open(LATER);
                Registry sharing = stored.open(LATER)) {
            GarbageReport report = registry.garbage(List.of(sharing), SCOPE).find();
            assertThat(report.isIncomplete()).isTrue();
            assertThat(report.garbage()).hasSize(1);
            assertThat(registry.garbage(List.of(sharing), in("main")).find().isIncomplete())
                    .isFalse();
            assertThatThrownBy(() -> registry.garbage(List.of(), in("mian")).find())
                    .hasMessageContaining("did you mean main?");
        }
    }

    @Test
    void neverTouchesAMirror() throws IOException {
        Path mirrored = work.resolve("mirror/sha256/ab").resolve("ab".repeat(32));
        write(mirrored);
        try (Registry registry = stored.open(LATER)) {
            GarbageCollection collection = registry.garbage(List.of(), SCOPE);
            collection.find();
            collection.delete(each -> Assertions.fail("" + each));
        }
        assertThat(mirrored).exists();
    }

    private static GarbageScope in(String store) {
        return new GarbageScope(Set.of(store), GRACE, Optional.empty());
    }

    private String head() {
        try (RegistryRepository repository = Repositories.open(stored.folder())) {
            return repository.ref("refs/heads/main").orElseThrow().hex();
        }
    }

    private static void publish(RegistryRepository repository, String branch, String path, String text) {
        var parent = repository.ref(branch).or(() -> repository.ref("refs/heads/main"));
        var commit = repository.commit(
                repository.edit(
                        repository.snapshot(parent.orElseThrow()), TreeEdit.of(List.of(SourceFile.of(path, text)))),
                new CommitDraft(
                        "A change\n", new Author("Ann", "ann@acme.example"), Instant.EPOCH, List.of(parent.get())));
        repository.publish(List.of(repository
                .ref(branch)
                .map(old -> RefChange.move(branch, old, commit))
                .orElseGet(() -> RefChange.create(branch, commit))));
    }

    private Path object(Digest digest) {
        return work.resolve("artifacts/sha256")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    private static void write(Path object) throws IOException {
        Files.createDirectories(object.resolveSibling(""));
        Files.write(object, new byte[10]);
    }
}
