package io.modelgate.gate;

import io.modelgate.evidence.StageHistory;
import io.modelgate.finding.Finding;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.JudgeContext.ReviewState;
import io.modelgate.policy.Participants;
import io.modelgate.policy.Review;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Progress;
import io.modelgate.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A registry in a real bare repository with a real store, and the gate in front of it. */
final class GateRegistry implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    static final String MAIN = "refs/heads/main";

    private final Path folder;
    private final RegistryRepository repository;
    private Instant clock = NOW.minus(Duration.ofDays(100));

    GateRegistry(Path folder) {
        this(folder, Documents.registry(Documents.REGISTRY));
    }

    GateRegistry(Path folder, SourceFile... files) {
        this.folder = folder;
        repository = Repositories.init(folder.resolve("registry.git"), "main");
        CommitId first = repository.commit(
                repository.edit(repository.empty(), TreeEdit.of(List.of(files))), draft("Start\n", List.of()));
        repository.publish(List.of(RefChange.create(MAIN, first)));
    }

    RegistryRepository repository() {
        return repository;
    }

    Path folder() {
        return folder;
    }

    RawTree raw() throws IOException {
        return new RawTree(folder.resolve("registry.git"));
    }

    CommitId main() {
        return repository.ref(MAIN).orElseThrow();
    }

    /** Puts files on the target branch, past the gate. */
    CommitId merge(SourceFile... files) {
        return move(commit(files));
    }

    /** Takes files off the target branch, past the gate. */
    CommitId mergeWithout(String... paths) {
        return move(commitWithout(paths));
    }

    CommitId move(CommitId next) {
        repository.publish(List.of(RefChange.move(MAIN, main(), next)));
        return next;
    }

    /** Registers versions, past the gate, with their bytes. */
    void register(String... versions) {
        for (String version : versions) {
            VersionId id = Documents.id(version);
            put(id);
            List<SourceFile> files = new ArrayList<>(Documents.files(id));
            files.add(Documents.model(id));
            merge(files.toArray(SourceFile[]::new));
        }
    }

    /** Puts the bytes of a version into the store. */
    void put(VersionId id) {
        try {
            Path source = Files.write(folder.resolve("source"), Documents.bytes(id));
            stores().named(Optional.empty())
                    .put(FileDigest.of(Documents.version(id).artifacts().get(0)), source, Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stores stores() {
        return Stores.open(
                RegistryConfig.readTrusted(repository
                                .snapshot(main())
                                .read("registry.yaml")
                                .orElseThrow())
                        .get()
                        .stores(),
                folder);
    }

    /** Moves stages to a version, past the gate. */
    void promote(String version, String... stages) {
        for (String stage : stages) {
            merge(next(version, stage, Reason.PROMOTE));
        }
    }

    /** The pointer that an honest client would write. */
    SourceFile next(String version, String stage, Reason reason) {
        VersionId id = Documents.id(version);
        String path = new RegistryPath.PointerFile(new Stage(stage), id.model()).path();
        Optional<VersionId> previous = repository
                .snapshot(main())
                .read(path)
                .map(file -> StagePointer.readTrusted(file).get().version());
        return Documents.pointer(id, stage, reason, previous).toFile();
    }

    /** A commit of alice on the target branch with these files. */
    CommitId commit(SourceFile... files) {
        return commitOn(main(), files);
    }

    CommitId commitOn(CommitId parent, SourceFile... files) {
        return repository.commit(
                repository.edit(repository.snapshot(parent), TreeEdit.of(List.of(files))),
                draft("Change\n", List.of(parent)));
    }

    CommitId commitWithout(String... paths) {
        TreeMap<String, Optional<SourceFile>> files = new TreeMap<>();
        for (String path : paths) {
            files.put(path, Optional.empty());
        }
        return repository.commit(
                repository.edit(repository.snapshot(main()), new TreeEdit(files)), draft("Remove\n", List.of(main())));
    }

    private CommitDraft draft(String message, List<CommitId> parents) {
        clock = clock.plus(Duration.ofHours(1));
        return new CommitDraft(message, new Author("Alice", "alice@acme.example"), clock, parents);
    }

    static Review review(String user, Review.State state, CommitId head) {
        return new Review(new UserId(user), state, head);
    }

    static Review approval(String user, CommitId head) {
        return review(user, Review.State.APPROVED, head);
    }

    /** What the gate says about a proposal of alice. */
    Verdict judge(CommitId head, Review... reviews) {
        return Gate.judge(input(head, reviews));
    }

    /** What the gate says about a proposal of alice that these people approved. */
    Verdict approved(CommitId head, String... people) {
        List<Review> reviews = new ArrayList<>();
        for (String user : people) {
            reviews.add(approval(user, head));
        }
        return judge(head, reviews.toArray(Review[]::new));
    }

    GateInput input(CommitId head, Review... reviews) {
        UserId alice = new UserId("alice");
        return input(
                new ReviewState(head, new Participants(alice, Set.of(alice), Optional.of(alice)), List.of(reviews)));
    }

    GateInput input(ReviewState review) {
        return new GateInput(
                repository.snapshot(main()),
                repository.merge(main(), review.head()),
                review,
                NOW,
                StageHistory.of(repository, main()),
                new OpenedStores(folder));
    }

    /** The rules of all findings that stop the merge, each once. */
    static List<String> blocks(Verdict verdict) {
        return verdict.findings().stream()
                .filter(Finding::blocks)
                .map(Finding::rule)
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        repository.close();
    }
}
