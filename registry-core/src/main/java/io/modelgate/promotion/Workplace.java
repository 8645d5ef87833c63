package io.modelgate.promotion;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.host.GitHost;
import io.modelgate.host.Judging;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.Progress;
import io.modelgate.store.Stores;
import io.modelgate.store.Upload;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the work on one registry needs.
 *
 * @param repository the registry's repository
 * @param host where proposals are reviewed
 * @param signing tells who commits are made by
 * @param clock tells what now is
 * @param storeBase what relative store addresses are relative to
 * @param progress told about long work
 * @param requesters on whose behalf this side proposes; nobody for a person who does so for themselves
 */
public record Workplace(
        RegistryRepository repository,
        GitHost host,
        Supplier<Author> signing,
        Clock clock,
        Path storeBase,
        Progress progress,
        List<Requester> requesters) {
    public Workplace {
        requesters = List.copyOf(requesters);
    }

    /** Of somebody who proposes for themselves. */
    public Workplace(
            RegistryRepository repository,
            GitHost host,
            Supplier<Author> signing,
            Clock clock,
            Path storeBase,
            Progress progress) {
        this(repository, host, signing, clock, storeBase, progress, List.of());
    }

    /** The same, on behalf of these people. */
    public Workplace requestedBy(List<Requester> people) {
        return new Workplace(repository, host, signing, clock, storeBase, progress, people);
    }

    /** Who commits are made by; a Git host may have to be asked. */
    public Author author() {
        return signing.get();
    }

    /** The commit of the target branch now; NOT_FOUND for an empty repository. */
    public CommitId target() {
        String branch = RegistryConfig.DEFAULT_BRANCH;
        return repository
                .ref("refs/heads/" + branch)
                .orElseThrow(() -> RegistryException.notFound(
                        "The repository has no branch " + branch + ": there is no registry in it.",
                        "Make one: 'modelgate init <folder>'."));
    }

    /** The target branch now. */
    public Snapshot snapshot() {
        return repository.snapshot(target());
    }

    /** The configuration of the registry at a commit; NOT_FOUND when the repository is no registry. */
    public static RegistryConfig config(Snapshot snapshot) {
        Optional<SourceFile> file = snapshot.read(new RegistryPath.RegistryFile().path());
        return Promoting.merged(RegistryConfig.readTrusted(file.orElseThrow(() -> RegistryException.notFound(
                "The repository is not a registry: it has no registry.yaml.",
                "Name the repository of a registry, or make one: 'modelgate init <folder>'."))));
    }

    /** The stores that the target branch names. */
    public Stores stores() {
        return Stores.open(config(snapshot()).stores(), storeBase);
    }

    /** How heads are judged. */
    public Judging judging() {
        return new Judging(repository, storeBase, clock);
    }

    /** Puts the bytes of a plan into their stores. */
    void upload(List<Upload> uploads) {
        if (!uploads.isEmpty()) {
            stores().upload(uploads, progress);
        }
    }
}
