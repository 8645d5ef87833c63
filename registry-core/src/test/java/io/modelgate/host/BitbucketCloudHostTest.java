package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.host.bitbucket.cloud.BitbucketCloudHost;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.SourceFile;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract, on a played Bitbucket Cloud. */
class BitbucketCloudHostTest extends RiggedContract<PlayedRig> {
    static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:artifacts"}]
            host: {kind: bitbucket, url: "https://bitbucket.org"}
            people:
            - {id: alice, emails: [alice@acme.example], account: %d}
            - {id: bob, account: %d}
            - {id: carol, account: %d}
            roles: {reviewer: [bob, carol]}
            """.formatted(number("alice"), number("bob"), number("carol"));

    @Override
    PlayedRig newRig() {
        return rig(folder, new PlayedBitbucketCloud(folder));
    }

    static PlayedRig rig(Path folder, PlayedBitbucketCloud played) {
        HostSite site = site("https://bitbucket.org");
        return new PlayedRig(
                folder,
                played,
                (client, repository) -> new BitbucketCloudHost(site, client, repository),
                SourceFile.of("registry.yaml", REGISTRY));
    }

    static long number(String user) {
        return BitbucketCloudHost.account(PlayedBitbucketCloud.uuid(user));
    }

    private static HostSite site(String base) {
        return new HostSite(HostConfig.Kind.BITBUCKET, URI.create(base), "acme/models");
    }

    @Test
    void saysWhatItIs() {
        assertThat(host("alice").kind()).isEqualTo("bitbucket");
        assertThat(host("alice").me().value()).isEqualTo("alice");
        assertThat(host("alice").hasGate()).isTrue();
        assertThat(host("alice").page(7)).contains(URI.create("https://bitbucket.org/acme/models/pull-requests/7"));
        assertThat(BitbucketCloudHost.isAt(site("https://bitbucket.org"))).isTrue();
        assertThat(BitbucketCloudHost.isAt(site("https://bitbucket.org.acme.example")))
                .isFalse();
    }

    @Test
    void callsWhoeverIsNotInTheRegistryByNumber() {
        assertThat(host("dora").me().value()).isEqualTo("account-" + number("dora"));
        assertThat(number("dora")).isBetween(0L, 1L << 52).isEqualTo(number("dora"));
    }
}
