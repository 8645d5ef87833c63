package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.SourceFile;
import org.junit.jupiter.api.Test;

/** The contract, on a real Gitea. */
class GiteaHostTest extends RiggedContract<GiteaRig> {
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

    @Override
    GiteaRig newRig() {
        return new GiteaRig(folder, SourceFile.of("registry.yaml", REGISTRY));
    }

    @Test
    void saysWhatItIs() {
        assertThat(host("alice").kind()).isEqualTo("gitea");
        assertThat(host("alice").me().value()).isEqualTo("alice");
        assertThat(host("alice").hasGate()).isTrue();
        assertThat(host("alice").page(7))
                .hasValueSatisfying(page -> assertThat(page.toString()).endsWith(rig.repository + "/pulls/7"));
    }
}
