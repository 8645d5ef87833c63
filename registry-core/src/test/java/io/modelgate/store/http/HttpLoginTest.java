package io.modelgate.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.store.GivenVariables;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several logins a web server is shown. */
class HttpLoginTest {
    private static final URI HOME = URI.create("https://models.acme.example/");

    @TempDir
    Path home;

    private final Map<String, String> given = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();

    /** Who one is by a variable, or by {@code ~/.netrc}; what the server will be shown for it. */
    private String setTo(String variable, String user, Map<String, String> variables) throws IOException {
        if (variable.equals(HttpLogin.TOKENS)) {
            variables.put(variable, HOME.getHost() + "=" + user);
            return "Bearer " + user;
        }
        Path file = home.resolve(variable.equals(Netrc.FILE) ? user : ".netrc");
        Files.writeString(file, "machine " + HOME.getHost() + " login " + user + " password secret\n");
        if (variable.equals(Netrc.FILE)) {
            variables.put(variable, file.toString());
        }
        return "Basic " + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
    }

    private Access access() {
        return HttpLogin.of(HOME, GivenVariables.of(given), environment, home);
    }

    @ParameterizedTest
    @CsvSource({
        "MODELGATE_STORE_TOKEN, MODELGATE_STORE_TOKEN",
        "MODELGATE_STORE_TOKEN, NETRC",
        "MODELGATE_STORE_TOKEN, ~/.netrc",
        "NETRC, MODELGATE_STORE_TOKEN",
        "NETRC, NETRC",
        "NETRC, ~/.netrc"
    })
    void whatIsGivenCountsBeforeWhatTheProcessHas(String first, String then) throws IOException {
        String agent = setTo(then, "agent", environment);
        assertThat(access().authorization("GET")).contains(agent);
        String build = setTo(first, "build", given);
        assertThat(access().authorization("GET")).contains(build);
    }

    @Test
    void whatIsGivenForOtherHostsLeavesTheLoginOfTheProcess() throws IOException {
        String agent = setTo(HttpLogin.TOKENS, "agent", environment);
        given.put(HttpLogin.TOKENS, "elsewhere.example=build");
        given.put(
                Netrc.FILE,
                Files.writeString(home.resolve("build"), "machine elsewhere.example login a password b")
                        .toString());
        assertThat(access().authorization("GET")).contains(agent);
    }
}
