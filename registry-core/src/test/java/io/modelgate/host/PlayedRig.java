package io.modelgate.host;

import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.host.http.HostClient;
import io.modelgate.manifest.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** One registry on a played host, as several users see it: each with a copy and a token of their own. */
final class PlayedRig implements AutoCloseable {
    static final String MAIN = "refs/heads/main";
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    final PlayedHost played;
    private final Path folder;
    private final BiFunction<HostClient, HostedRepository, GitHost> adapter;
    private final Map<String, RegistryRepository> clones = new HashMap<>();
    private final Map<String, HostClient> clients = new HashMap<>();
    private final Map<String, GitHost> hosts = new HashMap<>();
    private int commits;

    /** A registry that alice began with these files. */
    PlayedRig(
            Path folder,
            PlayedHost played,
            BiFunction<HostClient, HostedRepository, GitHost> adapter,
            SourceFile... files) {
        this.folder = folder;
        this.played = played;
        this.adapter = adapter;
        clone("alice").publish(List.of(RefChange.create(MAIN, commit("alice", List.of(), "root", files))));
    }

    RegistryRepository clone(String user) {
        return clones.computeIfAbsent(
                user,
                name -> Repositories.cached(
                        played.address(),
                        folder.resolve(name),
                        Map.of("MODELGATE_TOKEN", PlayedHost.token(name), "HOME", folder.toString())));
    }

    /** The API as this user sees it, which counts requests. */
    HostClient client(String user) {
        return clients.computeIfAbsent(
                user,
                name -> new HostClient(
                        URI.create(played.url() + played.apiPath()),
                        Map.of("Authorization", "Bearer " + PlayedHost.token(name)),
                        Clock.systemUTC()));
    }

    GitHost host(String user) {
        return hosts.computeIfAbsent(
                user, name -> adapter.apply(client(name), new HostedRepository(clone(name), "main")));
    }

    CommitId target() {
        return played.target();
    }

    /** A commit of this user on the target branch; nothing points to it yet. */
    CommitId head(String user, SourceFile... files) {
        RegistryRepository clone = clone(user);
        clone.refreshNow();
        return commit(user, List.of(clone.ref(MAIN).orElseThrow()), "Change", files);
    }

    CommitId commit(String user, List<CommitId> parents, String message, SourceFile... files) {
        return commit(user, new Author(user, user + "@acme.example"), parents, message, files);
    }

    /** A commit by this user's hand, whoever it says made it. */
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

    CommitFacts facts(CommitId commit) {
        return played.repository().facts(commit);
    }

    Proposal open(String user, String source, CommitId head) {
        return host(user).open(new ProposalDraft(new ProposalText("Add " + source, "Because.\n", source), head));
    }

    @Override
    public void close() {
        clones.values().forEach(RegistryRepository::close);
        played.close();
    }
}
