package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;

/** Opens and makes the repositories of registries. */
public final class Repositories {
    private Repositories() {}

    /** Opens a bare repository, or the repository of a work tree, and works in it directly. */
    public static RegistryRepository open(Path folder) {
        if (!Files.exists(folder)) {
            throw RegistryException.notFound(
                    folder + " does not exist.",
                    "Check the path, or make a registry: 'modelgate init " + folder + "'.");
        }
        RepositoryBuilder builder = new RepositoryBuilder();
        if (Files.exists(folder.resolve(Constants.DOT_GIT))) {
            builder.setWorkTree(folder.toFile());
        } else {
            builder.setGitDir(folder.toFile()).setBare();
        }
        Repository repository = build(folder, builder);
        return new RegistryRepository(repository, new DirectUpstream(repository));
    }

    /** The address that a clone in this folder was made from; empty when it is no clone, or cannot be told. */
    public static Optional<String> origin(Path folder) {
        QuietSystem.install();
        try (Repository repository = new RepositoryBuilder()
                .setWorkTree(folder.toFile())
                .setMustExist(true)
                .build()) {
            return Optional.ofNullable(repository.getConfig().getString("remote", "origin", "url"));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Opens a repository on another machine through a copy that is kept in a folder and fetched in increments. Refs are moved
     * there by atomic pushes. ENVIRONMENT when it cannot be reached, NOT_FOUND when it is not there.
     *
     * @param address as {@code git clone} takes it, over SSH, HTTPS or {@code file://}
     * @param caches the folder for copies; may not exist yet
     * @param environment environment variables: {@code MODELGATE_TOKEN}, {@code SSH_AUTH_SOCK}, {@code HOME}
     */
    public static RegistryRepository cached(String address, Path caches, Map<String, String> environment) {
        return cached(address, caches, environment, RenewedLogin.NONE);
    }

    /**
     * The same with a login that ends after a while.
     *
     * @param renewed goes before what the environment says, after what the address says
     */
    public static RegistryRepository cached(
            String address, Path caches, Map<String, String> environment, RenewedLogin renewed) {
        QuietSystem.install();
        RemoteAddress remote = RemoteAddress.parse(address);
        Path folder = caches.resolve("git");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw RegistryException.environment(
                    "The folder " + folder + " cannot be made: " + Trouble.words(e) + ".",
                    "Check its permissions, or name another one with XDG_CACHE_HOME.",
                    e);
        }
        RemoteConnection connection = new RemoteConnection(remote, environment, renewed, folder);
        boolean open = false;
        try {
            RemoteUpstream upstream = RemoteUpstream.open(remote, new RemoteCache(remote, folder), connection);
            open = true;
            return new RegistryRepository(upstream.copy(), upstream);
        } finally {
            if (!open) {
                connection.close();
            }
        }
    }

    /**
     * Opens the copy of a repository on another machine as it was when it was last fetched, and asks nobody. NOT_FOUND when there
     * is no copy.
     *
     * @param caches the folder for copies
     */
    public static RegistryRepository offline(String address, Path caches) {
        QuietSystem.install();
        RemoteAddress remote = RemoteAddress.parse(address);
        RemoteCache cache = new RemoteCache(remote, caches.resolve("git"));
        return new RegistryRepository(
                cache.openAsItIs()
                        .orElseThrow(() -> RegistryException.notFound(
                                "This machine has no copy of " + remote + " yet.",
                                "Use the registry once while it can be reached, for example with 'modelgate list'.")),
                new OfflineUpstream(remote));
    }

    /**
     * Opens a repository from inside a hook, with the objects that are being pushed. New objects go where the pushed ones
     * are, and refs cannot be moved.
     *
     * @param gitDirectory the repository, in which Git runs the hook
     * @param environment the environment variables that Git gave to the hook
     */
    public static RegistryRepository inHook(Path gitDirectory, Map<String, String> environment) {
        RepositoryBuilder builder =
                new RepositoryBuilder().setGitDir(gitDirectory.toFile()).setBare();
        String objects = environment.getOrDefault("GIT_OBJECT_DIRECTORY", "");
        if (!objects.isEmpty()) {
            builder.setObjectDirectory(gitDirectory.resolve(objects).toFile());
            Alternates.paths(environment.getOrDefault("GIT_ALTERNATE_OBJECT_DIRECTORIES", ""))
                    .forEach(path -> builder.addAlternateObjectDirectory(
                            gitDirectory.resolve(path).toFile()));
            builder.addAlternateObjectDirectory(gitDirectory.resolve("objects").toFile());
        }
        Repository repository = build(gitDirectory, builder);
        boolean quarantined = environment.containsKey("GIT_QUARANTINE_PATH") || !objects.isEmpty();
        return new RegistryRepository(repository, quarantined ? new HookUpstream() : new DirectUpstream(repository));
    }

    /** Makes a bare repository whose branch has this name; nothing is in it yet. */
    public static RegistryRepository init(Path folder, String branch) {
        QuietSystem.install();
        RefNames.require(Constants.R_HEADS + branch);
        try {
            if (Files.exists(folder) && !isEmptyFolder(folder)) {
                throw RegistryException.conflict(
                        folder + " is there already and is not empty.", "Name a folder that does not exist.");
            }
            Files.createDirectories(folder);
            Repository repository =
                    new RepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
            repository.create(true);
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + branch);
            settings(repository);
            return new RegistryRepository(repository, new DirectUpstream(repository));
        } catch (IOException e) {
            throw RegistryException.environment(
                    folder + " cannot be made: " + Trouble.words(e), "Check its permissions and the free space.", e);
        }
    }

    private static void settings(Repository repository) throws IOException {
        StoredConfig config = repository.getConfig();
        config.setBoolean("receive", null, "fsckObjects", true);
        config.setBoolean("receive", null, "denyDeletes", false);
        config.setString(ConfigConstants.CONFIG_CORE_SECTION, null, "logAllRefUpdates", "always");
        config.setString("gc", null, "reflogExpire", "never");
        config.save();
    }

    private static Repository build(Path folder, RepositoryBuilder builder) {
        QuietSystem.install();
        try {
            Repository repository = builder.setMustExist(true).build();
            requireSha1(folder, repository);
            return repository;
        } catch (RepositoryNotFoundException e) {
            throw RegistryException.notFound(
                    folder + " is not a Git repository.",
                    "Check the path, or make a registry: 'modelgate init registry.git'.");
        } catch (IOException | IllegalArgumentException e) {
            throw RegistryException.environment(
                    "The repository " + folder + " cannot be opened: " + Trouble.words(e) + ".",
                    "Check its permissions and its configuration.",
                    e);
        }
    }

    private static void requireSha1(Path folder, Repository repository) {
        String format = repository.getConfig().getString("extensions", null, "objectFormat");
        if (format != null && !format.equalsIgnoreCase("sha1")) {
            throw RegistryException.environment(
                    "The repository " + folder + " names objects by " + format + ", which is not supported.",
                    "Use a repository with SHA-1 object ids; stage pointers pin SHA-256 digests all the same.",
                    null);
        }
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
