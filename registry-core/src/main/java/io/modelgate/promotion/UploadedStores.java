package io.modelgate.promotion;

import io.modelgate.finding.RegistryException;
import io.modelgate.format.Examined;
import io.modelgate.format.FormatReader;
import io.modelgate.gate.StoreAccess;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.store.FileDigest;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Upload;
import io.modelgate.store.Verification;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stores as they will be once a plan's files are in them: what was just hashed on this machine is there, and is right. */
final class UploadedStores implements StoreAccess {
    private final Map<Digest, Path> sources = new HashMap<>();
    private final StoreAccess others;

    /** @param others where all other bytes are */
    UploadedStores(List<Upload> uploads, StoreAccess others) {
        uploads.forEach(upload -> sources.put(upload.file().digest(), upload.source()));
        this.others = others;
    }

    @Override
    public List<Verification> verify(RegistryConfig registry, StoredVersion version) {
        return here(version)
                ? version.files().stream().map(file -> Verification.OK).toList()
                : others.verify(registry, version);
    }

    @Override
    public List<Examined> examine(RegistryConfig registry, StoredVersion version) {
        return here(version) ? version.files().stream().map(this::examine).toList() : others.examine(registry, version);
    }

    private boolean here(StoredVersion version) {
        return version.files().stream().allMatch(file -> sources.containsKey(file.digest()));
    }

    private Examined examine(FileDigest file) {
        try {
            return FormatReader.examine(sources.getOrDefault(file.digest(), Path.of(file.path())));
        } catch (UncheckedIOException e) {
            throw RegistryException.environment(file.path() + " cannot be read.", "Check its permissions.", e);
        }
    }
}
