package io.modelgate;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.PublishResult;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.RemoteSite;
import io.modelgate.git.Repositories;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.host.GitHost;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.Policies;
import io.modelgate.promotion.Workplace;
import io.modelgate.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes a registry on a Git host: the repository if it is not there, its first files, and the protection of its target branch. A
 * repository that holds nothing but what hosts put into new ones is adopted; one that is a registry already is only protected.
 */
public final class NewHostedRegistry {
    private static final String MAIN = "refs/heads/" + RegistryConfig.DEFAULT_BRANCH;

    private final RegistryLocation location;
    private final Session session;

    public NewHostedRegistry(RegistryLocation location, Session session) {
        this.location = location;
        this.session = session;
    }

    /**
     * The host of an address, as a registry says it; USAGE when it cannot be told.
     *
     * @param kind which software it is; {@code local} when its name tells
     */
    public static HostConfig host(RegistryLocation location, HostConfig.Kind kind, Session session) {
        return HostSite.find(
                        RemoteSite.of(location.address()),
                        new HostConfig(kind, Optional.empty()),
                        session.environment())
                .map(site -> new HostConfig(site.kind(), Optional.of(site.base().toString())))
                .orElseThrow(() -> RegistryException.usage(
                        location.shown() + " is on no Git host that is known.", "Say which it is: --host gitea."));
    }

    /**
     * Makes it; findings when what is configured is no valid registry.
     *
     * @param config with the host that it is on
     * @return the commit of the target branch
     */
    public Checked<CommitId> make(RegistryConfig config) {
        List<Finding> stores = Stores.check(config.stores(), Path.of(""));
        if (!stores.isEmpty()) {
            return Checked.refused(stores);
        }
        Hosts.create(location, config.host(), session);
        try (RegistryRepository repository = Repositories.cached(
                location.address(),
                session.cache(),
                session.environment(),
                Hosts.gitLogin(location, config.host(), session))) {
            GitHost host =
                    Hosts.of(location, repository, config.host(), session).orElseThrow();
            Optional<CommitId> present = repository.ref(MAIN);
            if (present.filter(commit -> isRegistry(repository.snapshot(commit)))
                    .isPresent()) {
                requireSameGate(repository.snapshot(present.get()), config.host());
                return Checked.of(present.get(), List.of());
            }
            present.ifPresent(commit -> requireNew(repository.snapshot(commit)));
            List<SourceFile> files = ReadyFiles.of(config, location.shown());
            Snapshot tree =
                    repository.edit(present.map(repository::snapshot).orElseGet(repository::empty), TreeEdit.of(files));
            List<Finding> findings = Policies.check(tree, config).findings();
            if (findings.stream().anyMatch(Finding::blocks)) {
                return Checked.refused(findings);
            }
            CommitDraft draft = new CommitDraft(
                    "Begin the registry " + config.name() + "\n",
                    new Author(host.me().value(), host.me() + "@modelgate.invalid"),
                    session.clock().instant(),
                    present.stream().toList());
            CommitId commit = repository.commit(tree, draft);
            publish(repository, present, commit);
            return Checked.of(commit, findings);
        }
    }

    private void publish(RegistryRepository repository, Optional<CommitId> present, CommitId commit) {
        PublishResult result = repository.publish(List.of(
                present.map(old -> RefChange.move(MAIN, old, commit)).orElseGet(() -> RefChange.create(MAIN, commit))));
        if (!(result instanceof PublishResult.Published)) {
            throw RegistryException.conflict(
                    "The host did not take the first commit"
                            + (result instanceof PublishResult.Refused refused ? ": " + refused.message() : "") + ".",
                    "Somebody may have pushed just now, or the branch is protected already: look at it and try again.");
        }
    }

    /** Who may merge and who says verdicts must not come apart: a registry that is there says that in its own file. */
    private static void requireSameGate(Snapshot there, HostConfig asked) {
        Optional<UserId> named = Workplace.config(there).host().gate();
        if (asked.gate().isPresent() && !named.equals(asked.gate())) {
            throw RegistryException.conflict(
                    "There is a registry already, and its registry.yaml names "
                            + named.map(UserId::value).orElse("nobody") + " as the gate, not "
                            + asked.gate().get() + "; nothing was changed.",
                    "Change host.gate there with a proposal first, then 'modelgate doctor --fix --gate "
                            + asked.gate().get() + "'.");
        }
    }

    private static boolean isRegistry(Snapshot snapshot) {
        return snapshot.read(new RegistryPath.RegistryFile().path()).isPresent();
    }

    /** Hosts put a README, a licence and such into a new repository; anything else is somebody's work. */
    private void requireNew(Snapshot snapshot) {
        snapshot.list("").stream()
                .filter(entry -> !(RegistryPath.of(entry.path()) instanceof RegistryPath.RepositoryFile))
                .findFirst()
                .ifPresent(entry -> {
                    throw RegistryException.conflict(
                            location.shown() + " holds other things, such as " + entry.path() + ".",
                            "Name a repository that does not exist yet or is empty.");
                });
    }
}
