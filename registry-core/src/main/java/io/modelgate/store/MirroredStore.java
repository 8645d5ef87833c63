package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.VersionId;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A store and other places with the same bytes. What a mirror gives is verified as what the store gives; whether the store is
 * right is asked of the store alone.
 */
final class MirroredStore implements ArtifactStore {
    private final ArtifactStore store;
    private final List<ArtifactStore> mirrors;

    MirroredStore(ArtifactStore store, List<ArtifactStore> mirrors) {
        this.store = store;
        this.mirrors = List.copyOf(mirrors);
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void put(FileDigest file, Path source, Progress progress) {
        store.put(file, source, progress);
    }

    /** Where all fail, what the store itself said is told. */
    @Override
    public void get(FileDigest file, Path target, Progress progress) {
        try {
            store.get(file, target, progress);
        } catch (RegistryException first) {
            for (ArtifactStore mirror : mirrors) {
                try {
                    mirror.get(file, target, progress);
                    return;
                } catch (RegistryException e) {
                    first.addSuppressed(e);
                }
            }
            throw first;
        }
    }

    @Override
    public Verification verify(FileDigest file, Progress progress) {
        return store.verify(file, progress);
    }

    /** From the store alone, whose bytes are the ones that were verified. */
    @Override
    public SeekableByteChannel open(FileDigest file) {
        return store.open(file);
    }

    @Override
    public ArtifactStore of(ModelName model) {
        return new MirroredStore(
                store.of(model),
                mirrors.stream().map(mirror -> mirror.of(model)).toList());
    }

    @Override
    public void complete(VersionId version, List<FileDigest> files) {
        store.complete(version, files);
    }

    @Override
    public void attach(VersionId version, List<FileDigest> files, Attachment attachment) {
        store.attach(version, files, attachment);
    }

    @Override
    public boolean list(Consumer<StoredObject> each) {
        return store.list(each);
    }

    @Override
    public void remove(Digest digest) {
        store.remove(digest);
    }

    @Override
    public int atOnce() {
        return store.atOnce();
    }
}
