package io.modelgate;

import io.modelgate.catalog.Resolved;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.RootDigest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.signature.SignatureBundle;
import io.modelgate.store.ArtifactCache;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.Attachment;
import io.modelgate.store.CacheUse;
import io.modelgate.store.CachedStore;
import io.modelgate.store.Checkout;
import io.modelgate.store.FileDigest;
import io.modelgate.store.FolderComparison;
import io.modelgate.store.Progress;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Stores;
import io.modelgate.store.Upload;
import io.modelgate.store.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The artifacts of one version, between its store and a folder. */
record VersionBytes(Resolved version, Stores stores, Progress progress) {
    private static final int MOST_NAMES = 5;

    Checkout.Result pull(Path folder) {
        return Checkout.run(store(), files(), folder, progress);
    }

    Pulled pull(Path folder, ArtifactCache cache, CacheUse use) {
        try (CachedStore cached = cache.before(use.offline() ? ownPlace() : store(), files(), use)) {
            return new Pulled(Checkout.run(cached, files(), folder, progress), cached.hits());
        }
    }

    /** The store without its mirrors, which may be on other machines. */
    private ArtifactStore ownPlace() {
        return stores.places(store().name()).get(0).bytes().of(stored().id().model());
    }

    FolderComparison compare(Path folder) {
        return FolderComparison.of(folder, files(), progress);
    }

    SortedMap<String, Verification> verify() {
        List<FileDigest> files = files();
        List<Verification> found = store().verify(files, progress);
        SortedMap<String, Verification> byName = new TreeMap<>(RootDigest.PATH_ORDER);
        for (int i = 0; i < files.size(); i++) {
            byName.put(files.get(i).path(), found.get(i));
        }
        return byName;
    }

    void push(Path folder) {
        requireSame(folder);
        Upload.Destination destination = new Upload.Destination(store().name(), stored().id());
        List<Upload> uploads = files().stream()
                .map(file -> new Upload(file, folder.resolve(file.path()), destination))
                .toList();
        stores.upload(uploads, progress);
    }

    /** Shows the signature to people who look for it beside the files, where the store has a way to. */
    void attach(SourceFile signature) {
        store().attach(
                        stored().id(),
                        files(),
                        new Attachment("model.sig", SignatureBundle.MEDIA_TYPE, signature.bytes()));
    }

    /** The first file whose bytes the store does not have, and how that is. */
    Optional<String> damaged() {
        List<FileDigest> files = files();
        List<Verification> found = store().verify(files, progress);
        return IntStream.range(0, files.size())
                .filter(i -> found.get(i) != Verification.OK)
                .mapToObj(i -> files.get(i).path() + " " + found.get(i).words())
                .findFirst();
    }

    /** By the sizes: the bytes are hashed on their way, and only once. */
    private void requireSame(Path folder) {
        List<String> other = files().stream()
                .filter(file -> !hasSize(folder.resolve(file.path()), file.size()))
                .map(FileDigest::path)
                .toList();
        if (!other.isEmpty()) {
            throw RegistryException.integrity(
                    folder + " does not hold the files of " + version.version() + ": "
                            + other.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                            + (other.size() > MOST_NAMES
                                    ? " and " + (other.size() - MOST_NAMES) + " more are"
                                    : other.size() > 1 ? " are" : " is")
                            + " missing or something else.",
                    "Name the folder that " + version.version()
                            + " was registered from, or one that it was pulled to.");
        }
    }

    private static boolean hasSize(Path path, long size) {
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) == size;
        } catch (IOException e) {
            return false;
        }
    }

    private ArtifactStore store() {
        return stores.of(stored());
    }

    private StoredVersion stored() {
        return StoredVersion.of(version.manifest());
    }

    private List<FileDigest> files() {
        return stored().files();
    }
}
