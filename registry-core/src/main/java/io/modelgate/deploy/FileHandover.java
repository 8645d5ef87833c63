package io.modelgate.deploy;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.Checkout;
import io.modelgate.store.Progress;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Puts the verified files of a version into {@code <folder>/<namespace>/<name>/<version>/}, and then says in
 * {@code current.yaml} beside them that it is the current one: readers of that file never see half a version.
 */
public final class FileHandover implements Handover {
    private final Stores stores;
    private final Path base;
    private final Progress progress;
    private final HealthCheck health;

    /** @param base what a relative folder of a target is relative to */
    public FileHandover(Stores stores, Path base, Progress progress, HealthCheck health) {
        this.stores = stores;
        this.base = base;
        this.progress = progress;
        this.health = health;
    }

    @Override
    public void hand(Order order) {
        Path folder = base.resolve(order.target().setting("folder").orElseThrow())
                .resolve(order.pointer().model().namespace())
                .resolve(order.pointer().model().name());
        if (!order.target().setting("files").equals(java.util.Optional.of("none"))) {
            StoredVersion stored = StoredVersion.of(order.manifest());
            Checkout.run(
                    stores.of(stored),
                    stored.files(),
                    folder.resolve(order.version().version().toString()),
                    progress);
        }
        replace(folder.resolve("current.yaml"), order.rendered().bytes());
        health.await(order);
    }

    /** Whole or not at all. */
    static void replace(Path file, byte[] content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path partial = Files.createTempFile(folder, "." + file.getFileName(), ".partial");
            try {
                Files.write(partial, content);
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw RegistryException.environment(
                    file + " cannot be written: " + e.getMessage() + ".", "Check its folder and the disk.", e);
        }
    }
}
