package io.modelgate.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookListenerTest {
    private static final String SECRET = "It's a Secret to Everybody";

    /** HMAC-SHA256 of "Hello, World!" with that secret: the example that GitHub's documentation of webhooks gives. */
    private static final String RIGHT = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private final List<String> woken = new CopyOnWriteArrayList<>();
    private HookListener listener;

    @BeforeEach
    void start() {
        listener = new HookListener(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new HookSignature(SECRET), this::wake);
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    private boolean wake(String path) {
        woken.add(path);
        return path.equals("acme/models");
    }

    private int post(String header, String value, String body) throws IOException, InterruptedException {
        return post("/acme/models/", header, value, body);
    }

    private int post(String path, String header, String value, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @ParameterizedTest
    @CsvSource({
        "X-Hub-Signature-256, sha256=" + RIGHT,
        "X-Gitea-Signature, " + RIGHT,
        "X-Forgejo-Signature, " + RIGHT,
        "X-Hub-Signature, sha256=" + RIGHT,
        "X-Gitlab-Token, It's a Secret to Everybody",
    })
    void wakesForAHookWithTheSecret(String header, String value) throws IOException, InterruptedException {
        assertThat(post(header, value, "Hello, World!")).isEqualTo(204);
        assertThat(woken).containsExactly("acme/models");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Hub-Signature-256, sha256=" + RIGHT + ", Hello",
        "X-Hub-Signature-256, sha1=" + RIGHT + ", 'Hello, World!'",
        "X-Gitea-Signature, '', 'Hello, World!'",
        "X-Gitlab-Token, It's a Secret to Nobody!!, 'Hello, World!'",
        "X-Other, " + RIGHT + ", 'Hello, World!'",
    })
    void wakesForNothingElse(String header, String value, String body) throws IOException, InterruptedException {
        assertThat(post(header, value, body)).isEqualTo(401);
        assertThat(woken).isEmpty();
    }

    @Test
    void tellsOnlyWhoHasTheSecretThatAPathIsNotWatched() throws IOException, InterruptedException {
        assertThat(post("/acme/modles", "X-Gitlab-Token", SECRET, "{}")).isEqualTo(404);
        assertThat(post("/acme/modles", "X-Gitlab-Token", "It's a Secret to Nobody!!", "{}"))
                .isEqualTo(post("/acme/models", "X-Gitlab-Token", "It's a Secret to Nobody!!", "{}"))
                .isEqualTo(401);
    }

    @Test
    void takesNoHookWithoutABodyLimit() throws IOException, InterruptedException {
        assertThat(post("X-Gitlab-Token", SECRET, "x".repeat((8 << 20) + 1))).isEqualTo(413);
        assertThat(woken).isEmpty();
    }

    @Test
    void wantsASecretThatCannotBeGuessed() {
        assertThatThrownBy(() -> new HookSignature("short")).hasMessageContaining("at least 16");
    }
}
