package io.modelgate.host;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.RemoteSite;
import io.modelgate.git.Repositories;
import io.modelgate.host.gitea.GiteaHost;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One registry on a real Gitea. */
final class GiteaRig extends HostRig {
    final GiteaPeer gitea = GiteaPeer.start();
    final String repository;
    private final Path folder;

    /** A registry that the administrator began with these files, to which alice, bob and carol may write. */
    GiteaRig(Path folder, SourceFile... files) {
        this.folder = folder;
        this.repository = gitea.repository("alice", "bob", "carol");
        RegistryRepository clone = clone("alice");
        CommitId first = commit("alice", List.of(), "root", files);
        clone.publish(List.of(RefChange.create(MAIN, first)));
        gitea.awaitContent(repository);
    }

    @Override
    RegistryRepository newClone(String user) {
        return Repositories.cached(
                gitea.address(repository),
                folder.resolve(user),
                Map.of("MODELGATE_TOKEN", gitea.token(user), "HOME", folder.toString()));
    }

    @Override
    HostClient newClient(String user) {
        return gitea.api(new GiteaPeer.Account(user));
    }

    @Override
    GitHost newHost(String user) {
        HostSite site = HostSite.find(
                        RemoteSite.of(gitea.address(repository)),
                        new HostConfig(HostConfig.Kind.GITEA, Optional.empty()),
                        Map.of())
                .orElseThrow();
        return new GiteaHost(site, client(user), new HostedRepository(clone(user), "main"));
    }

    @Override
    CommitId target() {
        clone("alice").refreshNow();
        return clone("alice").ref(MAIN).orElseThrow();
    }

    @Override
    CommitFacts facts(CommitId commit) {
        clone("alice").refreshNow();
        return clone("alice").facts(commit);
    }

    /** The path of something of this repository in the API. */
    String api(String path) {
        return "/repos/" + repository + path;
    }
}
