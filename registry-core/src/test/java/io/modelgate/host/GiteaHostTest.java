package io.modelgate.host;

import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.RemoteSite;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.host.gitea.GiteaHost;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a real Gitea. */
class GiteaHostTest extends GitHostContract {
    private static final String MAIN = "refs/heads/main";
    private static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:artifacts"}]
            host: {kind: gitea, url: "https://git.acme.example"}
            people: [{id: alice, emails: [alice@acme.example]}]
            roles: {reviewer: [bob, carol]}
            """;

    @TempDir
    Path folder;

    private GiteaPeer gitea;
    private String repository;
    private final Map<String, RegistryRepository> clones = new HashMap<>();
    private final Map<String, GiteaHost> hosts = new HashMap<>();
    private int commits;

    @BeforeEach
    void init() {
        gitea = GiteaPeer.start();
        repository = gitea.repository("alice", "bob", "carol");
        RegistryRepository clone = clone("alice");
        CommitId first = commit(clone, List.of(), "alice", SourceFile.of("registry.yaml", REGISTRY));
        clone.publish(List.of(RefChange.create(MAIN, first)));
        gitea.awaitContent(repository);
    }

    @AfterEach
    void close() {
        clones.values().forEach(RegistryRepository::close);
    }

    private RegistryRepository clone(String user) {
        return clones.computeIfAbsent(
                user,
                name -> Repositories.cached(
                        gitea.address(repository),
                        folder.resolve(name),
                        Map.of("MODELGATE_TOKEN", gitea.token(name), "HOME", folder.toString())));
    }

    @Override
    GitHost host(String user) {
        return hosts.computeIfAbsent(user, name -> {
            HostSite site = HostSite.find(
                            RemoteSite.of(gitea.address(repository)),
                            new HostConfig(HostConfig.Kind.GITEA, Optional.empty()),
                            Map.of())
                    .orElseThrow();
            return new GiteaHost(
                    site, gitea.api(new GiteaPeer.Account(name)), new HostedRepository(clone(name), "main"));
        });
    }

    @Override
    CommitId target() {
        RegistryRepository clone = clone("alice");
        clone.refreshNow();
        return clone.ref(MAIN).orElseThrow();
    }

    @Override
    CommitId head(String user, String file) {
        RegistryRepository clone = clone(user);
        return commit(clone, List.of(clone.ref(MAIN).orElseThrow()), user, SourceFile.of(file + ".txt", file + "\n"));
    }

    private CommitId commit(RegistryRepository clone, List<CommitId> parents, String user, SourceFile file) {
        return clone.commit(
                clone.edit(
                        parents.isEmpty() ? clone.empty() : clone.snapshot(parents.get(0)), TreeEdit.of(List.of(file))),
                new CommitDraft(
                        "Add " + file.path() + "\n",
                        new Author(user, user + "@acme.example"),
                        Instant.parse("2026-11-23T10:00:00Z").plusSeconds(++commits),
                        parents));
    }

    @Override
    CommitFacts facts(CommitId commit) {
        clone("alice").refreshNow();
        return clone("alice").facts(commit);
    }

    @Test
    void saysWhatItIs() {
        org.assertj.core.api.Assertions.assertThat(host("alice").kind()).isEqualTo("gitea");
        org.assertj.core.api.Assertions.assertThat(host("alice").me().value()).isEqualTo("alice");
    }
}
