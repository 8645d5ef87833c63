package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.host.bitbucket.BitbucketServerHost;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract, on a played Bitbucket Data Center. */
class BitbucketServerHostTest extends RiggedContract<PlayedRig> {
    static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:artifacts"}]
            host: {kind: bitbucket, url: "https://git.acme.example"}
            people: [{id: alice, emails: [alice@acme.example]}]
            roles: {reviewer: [bob, carol]}
            """;

    @Override
    PlayedRig newRig() {
        return rig(folder, new PlayedBitbucketServer(folder));
    }

    static PlayedRig rig(Path folder, PlayedBitbucketServer played) {
        HostSite site = site(played.url(), "acme/models");
        return new PlayedRig(
                folder,
                played,
                (client, repository) -> new BitbucketServerHost(site, client, repository),
                SourceFile.of("registry.yaml", REGISTRY));
    }

    private static HostSite site(String base, String project) {
        return new HostSite(HostConfig.Kind.BITBUCKET, URI.create(base), project);
    }

    @Test
    void saysWhatItIs() {
        assertThat(host("alice").kind()).isEqualTo("bitbucket");
        assertThat(host("alice").me().value()).isEqualTo("alice");
        assertThat(host("alice").hasGate()).isTrue();
        assertThat(host("alice").page(7))
                .contains(URI.create(rig.played.url() + "/projects/ACME/repos/models/pull-requests/7"));
    }

    @Test
    void findsTheApiFromEveryFormOfAnAddress() {
        String base = "https://git.acme.example";

        assertThat(BitbucketServerHost.api(site(base, "scm/acme/models"))).hasToString(base + "/rest");
        assertThat(BitbucketServerHost.api(site(base, "bitbucket/scm/acme/models")))
                .hasToString(base + "/bitbucket/rest");
        assertThat(BitbucketServerHost.api(site(base, "acme/models"))).hasToString(base + "/rest");
        assertTrouble(
                io.modelgate.finding.RegistryException.Kind.USAGE,
                () -> BitbucketServerHost.api(site(base, "a/b/acme/models")));
    }
}
