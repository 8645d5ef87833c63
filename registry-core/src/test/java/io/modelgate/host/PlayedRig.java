package io.modelgate.host;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.host.http.HostClient;
import io.modelgate.manifest.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** One registry on a played host. */
final class PlayedRig extends HostRig {
    final PlayedHost played;
    private final Path folder;
    private final BiFunction<HostClient, HostedRepository, GitHost> adapter;

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

    @Override
    RegistryRepository newClone(String user) {
        return Repositories.cached(
                played.address(),
                folder.resolve(user),
                Map.of("MODELGATE_TOKEN", PlayedHost.token(user), "HOME", folder.toString()));
    }

    @Override
    HostClient newClient(String user) {
        return new HostClient(
                URI.create(played.url() + played.apiPath()),
                Map.of("Authorization", "Bearer " + PlayedHost.token(user)),
                Clock.systemUTC());
    }

    @Override
    GitHost newHost(String user) {
        return adapter.apply(client(user), new HostedRepository(clone(user), "main"));
    }

    @Override
    CommitId target() {
        return played.target();
    }

    @Override
    CommitFacts facts(CommitId commit) {
        return played.repository().facts(commit);
    }

    @Override
    public void close() {
        super.close();
        played.close();
    }
}
