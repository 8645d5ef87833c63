package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * The folder with the copy of one remote repository. Processes take turns at changing it; one that is damaged is thrown away
 * and made anew, since everything in it can be fetched again.
 */
final class RemoteCache {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String SECTION = "modelgate";

    private final RemoteAddress address;
    private final Path folder;

    RemoteCache(RemoteAddress address, Path caches) {
        this.address = address;
        this.folder = caches.resolve(address.key() + ".git");
    }

    Path folder() {
        return folder;
    }

    /** Waits until no other process changes the copy, and tidies up after one that died. */
    FileMutex turn() {
        FileMutex turn = FileMutex.acquire(folder.resolveSibling(folder.getFileName() + ".turn"), PATIENCE);
        boolean ready = false;
        try {
            if (turn.note().isPresent() && Files.exists(folder)) {
                delete(folder, RemoteCache::isLeftover);
            }
            turn.leave("working\n");
            ready = true;
            return turn;
        } catch (IOException e) {
            throw unusable(e);
        } finally {
            if (!ready) {
                turn.close();
            }
        }
    }

    /** Opens the copy, made if it is not there or cannot be used. Call when it is this process's turn. */
    Repository open() {
        try {
            if (Files.exists(folder) && !Files.exists(damaged(folder))) {
                try {
                    return build(folder);
                } catch (IOException | IllegalArgumentException e) {
                    return remake();
                }
            }
            return remake();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Opens the copy if it is there and can be used, and changes nothing. */
    Optional<Repository> openAsItIs() {
        if (!Files.exists(folder) || Files.exists(damaged(folder))) {
            return Optional.empty();
        }
        try {
            return Optional.of(build(folder));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Throws the copy away and makes an empty one. Call when it is this process's turn. */
    Repository remake() throws IOException {
        if (Files.exists(folder)) {
            Path away = folder.resolveSibling(folder.getFileName() + ".old-" + System.nanoTime());
            Files.move(folder, away);
            delete(away, path -> true);
        }
        Path made = folder.resolveSibling(folder.getFileName() + ".new");
        delete(made, path -> true);
        Files.createDirectories(made);
        try (Repository repository =
                new RepositoryBuilder().setGitDir(made.toFile()).setBare().build()) {
            repository.create(true);
            configure(repository.getConfig());
        }
        Files.move(made, folder);
        return build(folder);
    }

    /** Notes that an object of a copy cannot be read, so that the copy is made anew when it is opened next. */
    static RegistryException damage(Repository copy, String object, Exception cause) {
        Path folder = copy.getDirectory().toPath();
        try {
            Files.writeString(damaged(folder), object + "\n");
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return RegistryException.environment(
                object + " cannot be read from the copy in " + folder + ".",
                "Try again: the copy is fetched anew. If that does not help, the registry itself is incomplete.",
                cause);
    }

    private static Path damaged(Path folder) {
        return folder.resolve("modelgate-damaged");
    }

    /** Whether a repository is such a copy. */
    static boolean isCopy(Repository repository) {
        return repository.getConfig().getString(SECTION, null, "copyOf") != null;
    }

    private void configure(StoredConfig config) throws IOException {
        config.setString(SECTION, null, "copyOf", address.toString());
        config.setString("core", null, "hooksPath", "/dev/null");
        config.setBoolean("core", null, "fsyncRefFiles", false);
        config.setString("core", null, "logAllRefUpdates", "false");
        config.setInt("http", null, "maxRedirects", 3);
        config.save();
    }

    private static Repository build(Path folder) throws IOException {
        QuietSystem.install();
        Repository repository = new RepositoryBuilder()
                .setGitDir(folder.toFile())
                .setBare()
                .setMustExist(true)
                .build();
        if (!isCopy(repository)) {
            repository.close();
            throw new CopyDamagedException(folder + " is not a copy that Modelgate made");
        }
        return repository;
    }

    private static boolean isLeftover(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isRegularFile(file)
                && (name.endsWith(".lock") || name.startsWith("incoming_") || name.startsWith("noz"));
    }

    private static void delete(Path top, Predicate<Path> which) throws IOException {
        if (!Files.exists(top)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(top)) {
            files = walk.filter(which).sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    RegistryException unusable(IOException cause) {
        return RegistryException.environment(
                "The copy of " + address + " in " + folder + " cannot be made or used: " + Trouble.words(cause) + ".",
                "Check the permissions of its folder and the free space, or delete it: it is only a copy.",
                cause);
    }
}
