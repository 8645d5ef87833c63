package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on a real Gitea. */
class GiteaHostTest extends GitHostContract {
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

    private GiteaRig rig;

    @BeforeEach
    void init() {
        rig = new GiteaRig(folder, SourceFile.of("registry.yaml", REGISTRY));
    }

    @AfterEach
    void close() {
        if (rig != null) {
            rig.close();
        }
    }

    @Override
    GitHost host(String user) {
        return rig.host(user);
    }

    @Override
    CommitId target() {
        return rig.target();
    }

    @Override
    CommitId head(String user, String file) {
        return rig.head(user, SourceFile.of(file + ".txt", file + "\n"));
    }

    @Override
    CommitFacts facts(CommitId commit) {
        rig.clone("alice").refreshNow();
        return rig.clone("alice").facts(commit);
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
