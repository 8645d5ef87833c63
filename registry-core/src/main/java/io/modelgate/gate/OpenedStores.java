package io.modelgate.gate;

import io.modelgate.finding.RegistryException;
import io.modelgate.format.Budget;
import io.modelgate.format.Examined;
import io.modelgate.format.FormatReader;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Stores;
import io.modelgate.store.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The stores that a registry names, opened when the gate asks.
 *
 * @param base what relative addresses are relative to
 */
public record OpenedStores(Path base) implements StoreAccess {
    @Override
    public List<Verification> verify(RegistryConfig registry, StoredVersion version) {
        return of(registry, version).verifyToOpen(version.files());
    }

    @Override
    public List<Examined> examine(RegistryConfig registry, StoredVersion version) {
        ArtifactStore opened = of(registry, version);
        Budget budget = Budget.ofVersion();
        return version.files().stream()
                .map(file -> examine(opened, file, budget))
                .toList();
    }

    private static Examined examine(ArtifactStore store, FileDigest file, Budget budget) {
        try (SeekableByteChannel bytes = store.open(file)) {
            return FormatReader.examine(bytes, file.path(), budget);
        } catch (IOException | UncheckedIOException e) {
            throw RegistryException.environment(
                    "Store " + store.name() + " cannot read " + file.path() + ".", "Check the store.", e);
        }
    }

    private ArtifactStore of(RegistryConfig registry, StoredVersion version) {
        return Stores.open(registry.stores(), base).of(version);
    }
}
