package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HttpRemoteTest extends RemoteRepositoryContract {
    private GitHttpServer server;

    @Override
    String address(Path path) {
        return server.address(path.getFileName().toString());
    }

    @Override
    Map<String, String> environment() {
        return Map.of(Credentials.TOKEN, GitHttpServer.SECRET);
    }

    @Override
    void start() throws IOException {
        server = new GitHttpServer(bare.resolveSibling(""));
    }

    @Override
    void stop() {
        server.close();
    }

    @Test
    void takesTheSecretFromTheAddressAndKeepsItNowhere() throws IOException {
        String address = address(bare).replace("http://", "http://ann:" + GitHttpServer.SECRET + "@");
        Path caches = folder.resolve("other cache");

        try (RegistryRepository there = Repositories.cached(address, caches, Map.of())) {
            assertThat(there.ref(MAIN)).contains(one);
        }

        try (Stream<Path> files = Files.walk(caches)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString()).doesNotContain(GitHttpServer.SECRET);
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(GitHttpServer.SECRET);
            }
        }
    }

    @Test
    void asksTheCredentialHelpersOfGitAndTellsThemWhatCameOfIt() throws IOException {
        Path told = folder.resolve("told");
        Path helper = Files.writeString(
                folder.resolve("helper"),
                "#!/bin/sh\necho \"$1\" >> '" + told + "'\ncat >> '" + told + "'\n"
                        + "test \"$1\" = get && echo username=ann && echo password=" + GitHttpServer.SECRET + "\n");
        assertThat(helper.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve(".gitconfig"), "[credential]\n helper = " + helper + "\n");
        Map<String, String> environment = Map.of("HOME", folder.toString(), Credentials.TOKEN, "expired");

        try (RegistryRepository there = Repositories.cached(address(bare), folder.resolve("other"), environment)) {
            assertThat(there.ref(MAIN)).contains(one);
        }

        assertThat(Files.readString(told))
                .startsWith("get\n")
                .contains("protocol=http\n", "host=127.0.0.1:", "store\n")
                .doesNotContain("expired", "erase");
    }

    @Test
    void letsNoHelperForgetASecretThatAnotherRepositoryRefuses() throws IOException {
        Path told = folder.resolve("told");
        Path helper = Files.writeString(
                folder.resolve("helper"),
                "#!/bin/sh\necho \"$1\" >> '" + told + "'\n"
                        + "test \"$1\" = get && echo username=ann && echo password=" + GitHttpServer.SECRET + "\n");
        assertThat(helper.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve(".gitconfig"), "[credential]\n helper = " + helper + "\n");

        try (RegistryRepository there =
                Repositories.cached(address(bare), folder.resolve("other"), Map.of("HOME", folder.toString()))) {
            server.refuses = "/outsider/";
            assertThatThrownBy(() -> there.bring("outsider/models", MAIN)).hasMessageContaining("does not let you in");
        }

        assertThat(Files.readString(told)).contains("store").doesNotContain("erase");
    }

    @Test
    void saysThatTheSecretIsWrongWithoutSayingTheSecret() {
        String address = address(bare).replace("http://", "http://ann:wr0ng-one@");
        Map<String, String> environment = Map.of(Credentials.TOKEN, "wr0ng-t00");

        assertThatThrownBy(() -> Repositories.cached(address, folder.resolve("other"), environment))
                .isInstanceOf(RegistryException.class)
                .hasMessageEndingWith(
                        "does not let you in: it refuses the secret in the registry's address and the token in"
                                + " MODELGATE_TOKEN.")
                .hasMessageNotContaining("wr0ng")
                .extracting(thrown -> ((RegistryException) thrown).remedy())
                .asString()
                .contains("expired or been revoked", "MODELGATE_TOKEN")
                .doesNotContain("wr0ng");
        assertThat(server.authorizations).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void saysThatNoSecretWasGiven() {
        Map<String, String> environment = Map.of("HOME", folder.toString(), "GIT_CONFIG_NOSYSTEM", "1");

        assertThatThrownBy(() -> Repositories.cached(address(bare), folder.resolve("other"), environment))
                .isInstanceOf(RegistryException.class)
                .hasMessageEndingWith("does not let you in: no token was given.")
                .extracting(thrown -> ((RegistryException) thrown).remedy())
                .asString()
                .startsWith("Set MODELGATE_TOKEN");
    }

    @Test
    void saysThatWhatTheHelperKnowsIsRefused() throws IOException {
        Files.writeString(
                folder.resolve(".gitconfig"),
                "[credential]\n helper = \"!f() { echo username=ann; echo password=wr0ng; }; f\"\n");
        Map<String, String> environment = Map.of("HOME", folder.toString(), "GIT_CONFIG_NOSYSTEM", "1");

        assertThatThrownBy(() -> Repositories.cached(address(bare), folder.resolve("other"), environment))
                .isInstanceOf(RegistryException.class)
                .hasMessageEndingWith("it refuses what your Git credential helper gave.")
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void doesNotTakeASecretToAnotherHost() throws IOException {
        try (GitHttpServer other = new GitHttpServer(bare.resolveSibling(""))) {
            server.redirectTo(other.address("").replaceAll("/$", ""));

            assertThatThrownBy(this::open).isInstanceOf(RegistryException.class);
            assertThat(other.authorizations).isEmpty();
        }
    }

    @Test
    void doesNotFollowRedirectsForEver() {
        server.redirectTo(server.address("").replaceAll("/$", ""));

        assertThatThrownBy(this::open)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Redirected more than 3 times");
    }

    @Test
    void saysThatNobodyAnswers() {
        String address = address(bare);
        server.close();

        assertThatThrownBy(() -> Repositories.cached(address, folder.resolve("other"), environment()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Nobody answers at " + address);
    }

    @Test
    void refusesAddressesThatAreNotSafe() {
        for (String address : List.of(
                "http://git.example.com/registry.git",
                "git://localhost/registry.git",
                "ftp://localhost/registry.git",
                "ext::sh -c id",
                "ssh://-oProxyCommand=id/registry",
                "ssh://-oProxyCommand=id@host/registry",
                "https:///registry.git",
                "https://host",
                "file://host/registry",
                "https://host/a\nhost=evil")) {
            assertThatThrownBy(() -> Repositories.cached(address, folder.resolve("other"), Map.of()))
                    .as(address)
                    .isInstanceOf(RegistryException.class)
                    .extracting(thrown -> ((RegistryException) thrown).kind())
                    .isEqualTo(RegistryException.Kind.USAGE);
        }
    }
}
