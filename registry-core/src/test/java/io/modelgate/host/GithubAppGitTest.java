package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.Registry;
import io.modelgate.RegistryLocation;
import io.modelgate.Session;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.host.github.GithubHost;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.Progress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Git itself signs in as the GitHub App too: real Git over HTTP that lets nobody in without a token that holds. */
class GithubAppGitTest {
    private static final Duration LIFE = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final PlayedClock clock = new PlayedClock(Instant.parse("2026-11-23T10:00:00Z"));
    private PlayedGithubWithApp played;
    private PlayedRig rig;
    private Path key;

    @BeforeEach
    void init() throws Exception {
        played = new PlayedGithubWithApp(folder, clock);
        HostSite site = new HostSite(HostConfig.Kind.GITHUB, URI.create(played.url()), "acme/models");
        rig = new PlayedRig(
                folder,
                played,
                (client, repository) -> new GithubHost(site, client, repository, () -> client.get("/user")),
                SourceFile.of("registry.yaml", GithubHostTest.REGISTRY));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        key = Files.writeString(
                folder.resolve("key.pem"),
                GithubAppTest.pem(
                        "PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded()));
        played.namesBesideSecrets.clear();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private Registry open(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "HOME",
                folder.toString(),
                "MODELGATE_GITHUB_APP_ID",
                "4711",
                "MODELGATE_GITHUB_APP_KEY_FILE",
                key.toString()));
        environment.putAll(more);
        return Registry.open(
                new RegistryLocation(played.address()),
                new Session(Optional.empty(), clock, environment, folder.resolve("cache"), Progress.NONE));
    }

    private Registry open() {
        return open(Map.of("MODELGATE_HOST", "github=" + played.url()));
    }

    @Test
    void fetchesAndPushesAsTheApp() {
        try (Registry registry = open()) {
            RegistryRepository git = registry.workplace().repository();
            CommitId head = git.ref(PlayedRig.MAIN).orElseThrow();
            new HostedRepository(git, "main").push("modelgate/new", head);

            assertThat(registry.host().me()).hasToString("modelgate-bot-");
            assertThat(played.pushes)
                    .last()
                    .isEqualTo(new PlayedHost.Push(
                            PlayedGithubWithApp.BOT, "refs/heads/modelgate/new", Optional.empty(), Optional.of(head)));
            assertThat(played.namesBesideSecrets).isNotEmpty().containsOnly("x-access-token");
        }
    }

    @Test
    void goesOnWithAnotherTokenWhenOneHasEnded() {
        try (Registry registry = open()) {
            RegistryRepository git = registry.workplace().repository();
            int before = played.tokens();
            for (int hours = 1; hours <= 3; hours++) {
                clock.pass(LIFE);
                CommitId pushed = rig.head("alice", SourceFile.of("file" + hours, "new\n"));
                rig.push("alice", "main", pushed);
                git.refreshNow();

                assertThat(git.ref(PlayedRig.MAIN)).contains(pushed);
            }
            assertThat(played.tokens() - before).isEqualTo(3);
        }
    }

    @Test
    void tellsNothingOfTheAppToAHostThatTheUserDidNotName() {
        assertThatThrownBy(() -> open(Map.of()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("does not let you in");
        assertThatThrownBy(() -> open(Map.of("MODELGATE_HOST", "github=https://git.acme.example")))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("does not let you in");
        assertThat(played.tokens()).isZero();
        assertThat(played.namesBesideSecrets).isEmpty();
    }
}
