package io.modelgate.host;

import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.RemoteSite;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.host.gitea.GiteaHost;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One registry on a real Gitea, as several users see it: each with a copy and a token of their own. */
final class GiteaRig implements AutoCloseable {
    static final String MAIN = "refs/heads/main";
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    final GiteaPeer gitea = GiteaPeer.start();
    final String repository;
    private final Path folder;
    private final Map<String, RegistryRepository> clones = new HashMap<>();
    private final Map<String, HostClient> clients = new HashMap<>();
    private final Map<String, GiteaHost> hosts = new HashMap<>();
    private int commits;

    /** A registry that the administrator began with these files, to which alice, bob and carol may write. */
    GiteaRig(Path folder, SourceFile... files) {
        this.folder = folder;
        this.repository = gitea.repository("alice", "bob", "carol");
        RegistryRepository clone = clone("alice");
        CommitId first = commit("alice", List.of(), "root", files);
        clone.publish(List.of(RefChange.create(MAIN, first)));
        gitea.awaitContent(repository);
    }

    RegistryRepository clone(String user) {
        return clones.computeIfAbsent(
                user,
                name -> Repositories.cached(
                        gitea.address(repository),
                        folder.resolve(name),
                        Map.of("MODELGATE_TOKEN", gitea.token(name), "HOME", folder.toString())));
    }

    /** The API as this user sees it, which counts requests. */
    HostClient client(String user) {
        return clients.computeIfAbsent(user, name -> gitea.api(new GiteaPeer.Account(name)));
    }

    GiteaHost host(String user) {
        return hosts.computeIfAbsent(user, name -> {
            HostSite site = HostSite.find(
                            RemoteSite.of(gitea.address(repository)),
                            new HostConfig(HostConfig.Kind.GITEA, Optional.empty()),
                            Map.of())
                    .orElseThrow();
            return new GiteaHost(site, client(name), new HostedRepository(clone(name), "main"));
        });
    }

    CommitId target() {
        clone("alice").refreshNow();
        return clone("alice").ref(MAIN).orElseThrow();
    }

    /** A commit of this user on the target branch; nothing points to it yet. */
    CommitId head(String user, SourceFile... files) {
        RegistryRepository clone = clone(user);
        clone.refreshNow();
        return commit(user, List.of(clone.ref(MAIN).orElseThrow()), "Change", files);
    }

    /** A commit by this user's hand, whoever it says made it. */
    CommitId commit(String user, List<CommitId> parents, String message, SourceFile... files) {
        return commit(user, new Author(user, user + "@acme.example"), parents, message, files);
    }

    CommitId commit(String user, Author author, List<CommitId> parents, String message, SourceFile... files) {
        RegistryRepository clone = clone(user);
        return clone.commit(
                clone.edit(
                        parents.isEmpty() ? clone.empty() : clone.snapshot(parents.get(0)),
                        TreeEdit.of(List.of(files))),
                new CommitDraft(message + "\n", author, START.plusSeconds(++commits), parents));
    }

    /** Moves a branch as anybody with Git and the right to write could, forced. */
    void push(String user, String branch, CommitId head) {
        RegistryRepository clone = clone(user);
        clone.refreshNow();
        String ref = "refs/heads/" + branch;
        clone.publish(List.of(clone.ref(ref)
                .map(old -> RefChange.move(ref, old, head))
                .orElseGet(() -> RefChange.create(ref, head))));
    }

    /** The path of something of this repository in the API. */
    String api(String path) {
        return "/repos/" + repository + path;
    }

    Proposal open(String user, String source, CommitId head) {
        return host(user).open(new ProposalDraft(new ProposalText("Add " + source, "Because.\n", source), head));
    }

    @Override
    public void close() {
        clones.values().forEach(RegistryRepository::close);
    }
}
