package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.host.github.GithubHost;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract, on a GitHub that is played as its reference describes it. */
class GithubHostTest extends RiggedContract<PlayedRig> {
    static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:artifacts"}]
            host: {kind: github, url: "https://git.acme.example"}
            people: [{id: alice, emails: [alice@acme.example]}]
            roles: {reviewer: [bob, carol]}
            teams: {risk: [acme/model-risk]}
            """;

    static PlayedRig rig(Path folder) {
        PlayedGithub played = new PlayedGithub(folder);
        HostSite site = new HostSite(
                HostConfig.Kind.GITHUB, URI.create(played.url()), PlayedHost.OWNER + "/" + PlayedHost.NAME);
        return new PlayedRig(
                folder,
                played,
                (HostClient client, HostedRepository repository) ->
                        new GithubHost(site, client, repository, () -> client.get("/user")),
                SourceFile.of("registry.yaml", REGISTRY));
    }

    @Override
    PlayedRig newRig() {
        return rig(folder);
    }

    @Test
    void saysWhatItIs() {
        assertThat(host("alice").kind()).isEqualTo("github");
        assertThat(host("alice").me().value()).isEqualTo("alice");
        assertThat(host("alice").page(7))
                .hasValueSatisfying(page -> assertThat(page.toString()).endsWith("/acme/models/pull/7"));
        assertThat(GithubHost.api(URI.create("https://github.com"))).hasToString("https://api.github.com");
        assertThat(GithubHost.api(URI.create("https://git.acme.example")))
                .hasToString("https://git.acme.example/api/v3");
    }
}
