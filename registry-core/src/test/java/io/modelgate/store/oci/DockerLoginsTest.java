package io.modelgate.store.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.GivenVariables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files and programs that {@code docker login} and its like leave behind, as they are on the machines of users. */
class DockerLoginsTest {
    private static final String REGISTRY = "registry.acme.example";
    private static final String MODEL = "models/credit/default-risk";

    @TempDir
    Path home;

    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void havePrograms() {
        environment.put("PATH", home + ":/usr/bin:/bin");
        environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
    }

    private RegistryLogin find(String registry, String repository) {
        return new DockerLogins(GivenVariables.NONE, environment, home, new CredentialProgram(environment, 2))
                .find(registry, repository);
    }

    private String found(String registry) {
        return user(find(registry, MODEL));
    }

    private static String user(RegistryLogin login) {
        return login.basic()
                .map(header -> new String(
                        Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8))
                .or(() -> login.refresh().map(token -> "refresh " + token))
                .orElse("nobody");
    }

    private static String auth(String user) {
        String pair = Base64.getEncoder().encodeToString((user + ":pw").getBytes(StandardCharsets.UTF_8));
        return "{\"auth\":\"" + pair + "\"}";
    }

    private void write(String file, String json) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, json);
    }

    /** A helper that says what the cases of a shell say of a server, as the protocol of docker-credential-helpers has it. */
    private void helper(String name, String cases) throws IOException {
        Path program = home.resolve("docker-credential-" + name);
        Files.writeString(program, """
                #!/bin/sh
                [ "$1" = get ] || exit 9
                server=$(cat)
                case $server in
                %s
                *) echo 'credentials not found in native keychain'; exit 1 ;;
                esac
                """.formatted(cases));
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private static String knows(String server, String user) {
        return server + ") echo '{\"ServerURL\":\"" + server + "\",\"Username\":\"" + user
                + "\",\"Secret\":\"pw\"}' ;;";
    }

    @Test
    void theStoreOfCredentialsIsAskedForTheRegistryAsDockerDoes() throws IOException {
        helper("desktop", knows(REGISTRY, "stored"));
        write(".docker/config.json", "{\"auths\":{\"" + REGISTRY + "\":{}},\"credsStore\":\"desktop\"}");
        assertThat(found(REGISTRY)).isEqualTo("stored:pw");
        assertThat(find("other.example", MODEL).source())
                .isEqualTo("no login: docker-credential-desktop knows none for other.example");
    }

    @Test
    void aHelperOfOneRegistryComesBeforeTheStore() throws IOException {
        helper("desktop", knows(REGISTRY, "stored"));
        helper("ecr-login", knows("123.dkr.ecr.eu-west-1.amazonaws.com", "AWS"));
        write(
                ".docker/config.json",
                "{\"credsStore\":\"desktop\",\"credHelpers\":{\"123.dkr.ecr.eu-west-1.amazonaws.com\":\"ecr-login\"}}");
        assertThat(found("123.dkr.ecr.eu-west-1.amazonaws.com")).isEqualTo("AWS:pw");
        assertThat(found(REGISTRY)).isEqualTo("stored:pw");
    }

    @Test
    void whatTheStoreDoesNotKnowMayBeInTheFile() throws IOException {
        helper("desktop", knows("x", "y"));
        write(
                ".docker/config.json",
                "{\"credsStore\":\"desktop\",\"auths\":{\"" + REGISTRY + "\":" + auth("filed") + "}}");
        assertThat(found(REGISTRY)).isEqualTo("filed:pw");
    }

    @Test
    void aUserThatIsCalledTokenHasARefreshToken() throws IOException {
        helper("acr", knows(REGISTRY, "<token>"));
        write(".docker/config.json", "{\"credsStore\":\"acr\"}");
        assertThat(found(REGISTRY)).isEqualTo("refresh pw");
    }

    @Test
    void aHelperSaysWhyItCannotTell() throws IOException {
        write(".docker/config.json", "{\"credsStore\":\"pass\"}");
        assertThat(find(REGISTRY, MODEL).source())
                .isEqualTo("no login: there is no docker-credential-pass on the PATH");
        helper("pass", "*) printf 'pass not\\033[2J initialized\\n: exit status 1'; exit 1 ;;");
        assertThat(find(REGISTRY, MODEL).source())
                .isEqualTo("no login: docker-credential-pass says: pass not initialized : exit status 1");
        helper("pass", "*) echo '{\"Secret\":\"pw\"}'; exit 1 ;;");
        assertThat(find(REGISTRY, MODEL).source()).contains("knows none").doesNotContain("pw");
        helper("pass", "*) sleep 100 ;;");
        assertThat(find(REGISTRY, MODEL).source()).contains("docker-credential-pass did not answer within 2 s");
        helper("pass", "*) echo 'not JSON' ;;");
        assertThat(find(REGISTRY, MODEL).source()).contains("did not answer as it should");
        write(".docker/config.json", "{\"credsStore\":\"../pass\"}");
        assertThat(find(REGISTRY, MODEL).source()).contains("no name of a program");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker.io", "index.docker.io", "registry-1.docker.io"})
    void dockersOwnRegistryIsKnownUnderItsOldName(String name) throws IOException {
        write(".docker/config.json", "{\"auths\":{\"https://index.docker.io/v1/\":" + auth("hub") + "}}");
        assertThat(found(name)).isEqualTo("hub:pw");
        write(".docker/config.json", "{\"auths\":{\"docker.io\":" + auth("podman") + "}}");
        assertThat(found(name)).isEqualTo("podman:pw");
        helper("desktop", knows("https://index.docker.io/v1/", "stored"));
        write(".docker/config.json", "{\"credsStore\":\"desktop\"}");
        assertThat(found(name)).isEqualTo("stored:pw");
        write(".docker/config.json", "{\"credHelpers\":{\"docker.io\":\"desktop\"}}");
        assertThat(found(name)).isEqualTo("stored:pw");
    }

    @ParameterizedTest
    @CsvSource({"https://registry.acme.example", "https://registry.acme.example/v2/", "registry.acme.example/"})
    void whatOldClientsWroteIsFound(String key) throws IOException {
        write(".docker/config.json", "{\"auths\":{\"" + key + "\":" + auth("old") + "}}");
        assertThat(found(REGISTRY)).isEqualTo("old:pw");
        assertThat(found("acme.example")).isEqualTo("nobody");
    }

    @Test
    void dockersFolderCanBeElsewhere() throws IOException {
        write(".docker/config.json", "{\"auths\":{\"" + REGISTRY + "\":" + auth("home") + "}}");
        write("ci/config.json", "{\"auths\":{\"" + REGISTRY + "\":" + auth("ci") + "}}");
        assertThat(found(REGISTRY)).isEqualTo("home:pw");
        environment.put("DOCKER_CONFIG", home.resolve("ci").toString());
        assertThat(found(REGISTRY)).isEqualTo("ci:pw");
    }

    @Test
    void podmansFileIsFoundWhereItIs() throws IOException {
        write(".config/containers/auth.json", "{\"auths\":{\"" + REGISTRY + "\":" + auth("config") + "}}");
        assertThat(found(REGISTRY)).isEqualTo("config:pw");
        write("run/containers/auth.json", "{\"auths\":{\"" + REGISTRY + "\":" + auth("runtime") + "}}");
        assertThat(found(REGISTRY)).isEqualTo("runtime:pw");
        write("named.json", "{\"auths\":{\"" + REGISTRY + "\":" + auth("named") + "}}");
        environment.put("REGISTRY_AUTH_FILE", home.resolve("named.json").toString());
        assertThat(found(REGISTRY)).isEqualTo("named:pw");
        write(".docker/config.json", "{\"auths\":{\"" + REGISTRY + "\":" + auth("docker") + "}}");
        assertThat(found(REGISTRY)).isEqualTo("docker:pw");
    }

    @Test
    void withoutASessionPodmanKeepsItByTheNumberOfTheUser() {
        environment.remove("XDG_RUNTIME_DIR");
        assertThat(new DockerLogins(GivenVariables.NONE, environment, home, new CredentialProgram(environment, 2))
                        .files())
                .anyMatch(file -> file.toString().matches("/run/containers/[0-9]+/auth.json"));
    }

    @Test
    void thePartOfARegistryThatIsNamedMostCloselyCounts() throws IOException {
        write(
                "run/containers/auth.json",
                "{\"auths\":{\"" + REGISTRY + "\":" + auth("all") + ",\"" + REGISTRY + "/models\":" + auth("models")
                        + ",\"" + REGISTRY + "/models/credit/default\":" + auth("no") + "}}");
        assertThat(found(REGISTRY)).isEqualTo("models:pw");
        assertThat(user(find(REGISTRY, "other/x"))).isEqualTo("all:pw");
    }

    @Test
    void aVariableHoldsTheLoginsOfARunner() throws IOException {
        write(".docker/config.json", "{\"auths\":{\"" + REGISTRY + "\":" + auth("home") + "}}");
        environment.put("DOCKER_AUTH_CONFIG", "{\"auths\":{\"" + REGISTRY + "\":" + auth("runner") + "}}");
        assertThat(found(REGISTRY)).isEqualTo("runner:pw");
        assertThat(find(REGISTRY, MODEL).source()).isEqualTo("the login for " + REGISTRY + " in DOCKER_AUTH_CONFIG");
        environment.put("DOCKER_AUTH_CONFIG", "{\"auths\": hunter2");
        assertThatThrownBy(() -> find(REGISTRY, MODEL))
                .isInstanceOf(RegistryException.class)
                .hasMessage("DOCKER_AUTH_CONFIG cannot be read: it is not JSON.");
    }
}
