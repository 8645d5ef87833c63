package io.modelgate;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.host.CommitPeople;
import io.modelgate.host.LocalIdentity;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Policies;
import io.modelgate.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes a registry on the local host from a folder of files. What is not valid is not made. */
public final class NewRegistry {
    /** A folder beside the repository. */
    public static final StoreLocation BESIDE = StoreLocation.of("file:artifacts");

    private static final int MOST_FILES = 2_000;

    private NewRegistry() {}

    /**
     * Makes it; findings when the files are no valid registry.
     *
     * @param folder where the bare repository goes; must not exist or be empty
     * @param from the files that it starts with
     */
    public static Checked<CommitId> make(Path folder, Path from, LocalIdentity.Mode identity, Session session) {
        if (Files.isDirectory(from) && !Files.isRegularFile(from.resolve("registry.yaml"))) {
            throw RegistryException.notFound(
                    from + " has no registry.yaml.", "Name a folder that has one, such as sample-registry-repo.");
        }
        List<Finding> findings = new ArrayList<>();
        List<SourceFile> files = read(from, findings);
        return findings.isEmpty() ? make(folder, files, identity, session) : Checked.refused(findings);
    }

    /**
     * Makes it with ready-made files: a policy that asks for documentation everywhere and one that asks for a second person in
     * the last stage.
     *
     * @param name the registry's name
     * @param stages in order
     * @param store where artifacts are, such as {@link #BESIDE}
     */
    public static Checked<CommitId> make(
            Path folder,
            String name,
            List<Stage> stages,
            StoreLocation store,
            LocalIdentity.Mode identity,
            Session session) {
        RegistryConfig config = new RegistryConfig(
                name,
                Optional.empty(),
                stages,
                RegistryConfig.DEFAULT_BRANCH,
                HostConfig.LOCAL,
                List.of(new StoreConfig("main", store, List.of())),
                Governance.NONE);
        return make(folder, ReadyFiles.of(config), identity, session);
    }

    private static Checked<CommitId> make(
            Path folder, List<SourceFile> files, LocalIdentity.Mode identity, Session session) {
        Checked<RegistryConfig> config = files.stream()
                .filter(file -> file.path().equals("registry.yaml"))
                .findFirst()
                .map(RegistryConfig::read)
                .orElseGet(() -> Checked.refused(Finding.block(
                        "init/registry",
                        Place.file("registry.yaml"),
                        "The folder has no registry.yaml.",
                        "Name a folder that has one, such as sample-registry-repo.")));
        return config.then(present -> make(folder, files, present, identity, session));
    }

    private static Checked<CommitId> make(
            Path folder, List<SourceFile> files, RegistryConfig config, LocalIdentity.Mode identity, Session session) {
        List<Finding> stores =
                Stores.check(config.stores(), folder.toAbsolutePath().resolveSibling(""));
        if (!stores.isEmpty()) {
            return Checked.refused(stores);
        }
        try (RegistryRepository repository = Repositories.init(folder, RegistryConfig.DEFAULT_BRANCH)) {
            repository.configure(
                    new TreeMap<>(Map.of(LocalIdentity.SECTION + "." + LocalIdentity.NAME, identity.word())));
            Snapshot tree = repository.edit(repository.empty(), TreeEdit.of(files));
            List<Finding> findings = Policies.check(tree, config).findings();
            if (findings.stream().anyMatch(Finding::blocks)) {
                return Checked.refused(findings);
            }
            String user = session.user().orElse(System.getProperty("user.name", "nobody"));
            CommitId commit = repository.commit(
                    tree,
                    new CommitDraft(
                            "Begin the registry " + config.name() + "\n",
                            new Author(user, CommitPeople.madeUpAddress(new UserId(user))),
                            session.clock().instant(),
                            List.of()));
            repository.publish(List.of(RefChange.create("refs/heads/" + RegistryConfig.DEFAULT_BRANCH, commit)));
            return Checked.of(commit, findings);
        }
    }

    private static List<SourceFile> read(Path from, List<Finding> findings) {
        if (!Files.isDirectory(from)) {
            throw RegistryException.notFound(
                    from + " is not a folder.", "Name the folder that the registry starts from.");
        }
        try (Stream<Path> walk = Files.walk(from)) {
            List<SourceFile> files = new ArrayList<>();
            for (Path file : walk.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .limit(MOST_FILES)
                    .toList()) {
                String path = from.relativize(file).toString().replace('\\', '/');
                if (path.startsWith(".git/") || path.equals(".git")) {
                    continue;
                }
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        || RegistryPath.of(path) instanceof RegistryPath.UnknownPath) {
                    findings.add(Finding.block(
                            "init/path",
                            Place.file(file.toString()),
                            "A registry has no place for this file.",
                            "Take it away."));
                } else {
                    files.add(new SourceFile(path, Files.readAllBytes(file)));
                }
            }
            return files;
        } catch (IOException e) {
            throw RegistryException.environment(from + " cannot be read.", "Check its permissions.", e);
        }
    }
}
