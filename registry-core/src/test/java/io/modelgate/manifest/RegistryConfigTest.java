package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry is configured to be. */
class RegistryConfigTest {
    private static final RegistryConfig CONFIG =
            RegistryConfig.read(SourceFile.of("registry.yaml", """
                    apiVersion: modelgate.io/v1
                    kind: Registry
                    name: acme-models
                    stages: [dev, uat, prod]
                    stores:
                      - {name: main, url: "file:artifacts"}
                      - {name: cold, url: "file:cold"}
                    people:
                      - {id: alice, emails: [alice@acme.example]}
                      - {id: nightly, bot: true}
                    roles: {model-risk: [carol, bob], ops: [dora, bob]}
                    approvals: {registration: {count: 2, role: model-risk}}
                    """)).get();

    @Test
    void knowsTheOrderOfTheStages() {
        assertThat(CONFIG.next(new Stage("dev"))).contains(new Stage("uat"));
        assertThat(CONFIG.next(new Stage("prod"))).isEmpty();
        assertThat(CONFIG.previous(new Stage("prod"))).contains(new Stage("uat"));
        assertThat(CONFIG.previous(new Stage("dev"))).isEmpty();
        assertThat(CONFIG.next(new Stage("other"))).isEmpty();
    }

    @Test
    void knowsPeopleByAddressAndRole() {
        assertThat(CONFIG.personByEmail("ALICE@acme.example")).contains(new UserId("alice"));
        assertThat(CONFIG.personByEmail("mallory@acme.example")).isEmpty();
        assertThat(CONFIG.isBot(new UserId("nightly"))).isTrue();
        assertThat(CONFIG.isBot(new UserId("alice"))).isFalse();
        assertThat(CONFIG.holders("model-risk")).containsExactly(new UserId("bob"), new UserId("carol"));
        assertThat(CONFIG.holders("none")).isEmpty();
        assertThat(CONFIG.governance().holdersOfAnyRole()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "registration,2",
        "evidence,0",
        "documentation,0",
        "promotion,0",
        "lifecycle,1",
        "policy,1",
        "configuration,1"
    })
    void knowsHowManyMustApprove(String kindOfChange, int count) {
        assertThat(CONFIG.approvalFor(kindOfChange).count()).isEqualTo(count);
    }

    @Test
    void takesMainAndLocalUnlessToldOtherwise() {
        assertThat(CONFIG.branch()).isEqualTo("main");
        assertThat(CONFIG.host()).isEqualTo(HostConfig.LOCAL);
        assertThat(CONFIG.store("cold")).map(StoreConfig::url).contains("file:cold");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-x",
                "a..b",
                "a//b",
                "a/",
                "a.",
                "a.lock",
                "a.lock/b",
                "a/.b",
                "a b",
                "a\n",
                "a~1",
                "@",
                "refs heads"
            })
    void refusesABranchThatGitRefuses(String branch) {
        assertThatThrownBy(() -> new RegistryConfig(
                        "a",
                        Optional.empty(),
                        List.of(new Stage("dev")),
                        branch,
                        HostConfig.LOCAL,
                        CONFIG.stores(),
                        Governance.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
