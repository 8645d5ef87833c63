package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.LoginSource;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostClientTest {
    private static final String SECRET = "Bearer very-secret-token";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);

    /** What the server answers next, and what it was asked. */
    private final Deque<Reply> replies = new ArrayDeque<>();

    private final List<String> asked = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private HttpServer server;
    private HostClient client;

    private record Reply(int status, Map<String, String> headers, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = new HostClient(URI.create(base()), Map.of("Authorization", SECRET), CLOCK);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + tag(exchange));
        secrets.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        Reply reply = replies.isEmpty() ? new Reply(200, Map.of(), "{}") : replies.removeFirst();
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String tag(HttpExchange exchange) {
        String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
        return tag == null ? "" : " if not " + tag;
    }

    private void reply(int status, String body, String... headers) {
        Map<String, String> map = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
        replies.add(new Reply(status, map, body));
    }

    @Test
    void readsWhatIsThere() {
        reply(200, "{\"login\": \"alice\", \"id\": 7, \"deep\": {\"er\": [1, \"x\"]}, \"yes\": true}");

        Json json = client.get("/user");

        assertThat(json.text("login")).contains("alice");
        assertThat(json.integer("id")).contains(7L);
        assertThat(json.texts("deep.er")).containsExactly("x");
        assertThat(json.isTrue("yes")).isTrue();
        assertThat(json.text("id")).isEmpty();
        assertThat(json.integer("nothing.here")).isEmpty();
        assertThat(asked).containsExactly("GET /api/user");
        assertThat(secrets).containsExactly(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "401, ENVIRONMENT, refuses the token that it was shown",
        "403, ENVIRONMENT, You may not do that",
        "404, NOT_FOUND, or you may not see it",
        "405, CONFLICT, refuses that",
        "409, CONFLICT, refuses that",
        "422, CONFLICT, refuses that",
        "500, ENVIRONMENT, is in trouble",
    })
    void saysWhatARefusalMeans(int status, RegistryException.Kind kind, String words) {
        reply(status, "{\"message\": \"because of it\"}");

        assertThatThrownBy(() -> client.post("/x", "{}")).isInstanceOfSatisfying(RegistryException.class, trouble -> {
            assertThat(trouble.kind()).isEqualTo(kind);
            assertThat(trouble).hasMessageContaining(words);
            assertThat(trouble.getMessage() + trouble.remedy()).doesNotContain("very-secret");
        });
    }

    @Test
    void tellsARefusedTokenFromNone() {
        HostClient nobody = new HostClient(URI.create(base()), Map.of(), CLOCK);
        reply(401, "{\"message\": \"who is it?\"}");
        assertThatThrownBy(() -> nobody.get("/x")).isInstanceOfSatisfying(RegistryException.class, trouble -> {
            assertThat(trouble)
                    .hasMessage("127.0.0.1 does not know who you are (401: who is it?): no token was given.");
            assertThat(trouble.remedy()).startsWith("Set MODELGATE_TOKEN to a token of that host");
        });
        for (LoginSource source : LoginSource.values()) {
            HostClient old = new HostClient(
                    URI.create(base()), () -> Map.of("Authorization", SECRET), () -> Optional.of(source), CLOCK);
            reply(401, "{\"message\": \"Bad credentials\"}");
            assertThatThrownBy(() -> old.get("/x")).isInstanceOfSatisfying(RegistryException.class, trouble -> {
                assertThat(trouble).hasMessage("127.0.0.1 refuses " + source.words() + " (401: Bad credentials).");
                assertThat(trouble.remedy()).contains("expired or been revoked").doesNotContain("very-secret");
            });
        }
    }

    @Test
    void showsAHostsWordsAsOneLineWithoutOrdersToATerminal() {
        String words = "first\\nsecond\\u001b[2J\\u001b]0;title\\u0007\\u202egone \\u0000" + "x".repeat(1000);
        reply(422, "{\"message\": \"" + words + "\"}");

        assertThatThrownBy(() -> client.post("/x", "{}"))
                .hasMessageStartingWith("127.0.0.1 refuses that (422: first second gone xxx")
                .hasMessageEndingWith("x…).")
                .extracting(Throwable::getMessage)
                .asString()
                .hasSizeLessThan(350)
                .doesNotContain("\n", "\u001b", "\u202e", "title");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void asksAgainWhatIsSafe(int status) {
        reply(status, "", "Retry-After", "0");
        reply(200, "[1]");

        assertThat(client.all("/list", 10)).hasSize(1);
        assertThat(asked).hasSize(2);
    }

    @Test
    void asksNothingTwiceThatMayHaveBeenDone() {
        reply(502, "");

        assertThatThrownBy(() -> client.post("/pulls", "{}")).isInstanceOf(RegistryException.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void asksAgainWhatTheHostSaysItDidNotDo() {
        reply(403, "{\"message\": \"You have exceeded a secondary rate limit\"}", "Retry-After", "0");
        reply(201, "{}");

        client.post("/pulls", "{}");

        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"Retry-After, 3600", "Retry-After, 'Mon, 23 Nov 2026 11:00:00 GMT'"})
    void doesNotWaitLongerThanAPersonDoes(String header, String value) {
        reply(429, "{}", header, value);

        assertThatThrownBy(() -> client.get("/x")).hasMessageContaining("has had enough requests");
        assertThat(asked).hasSize(1);
    }

    @Test
    void followsPagesOnThisHostOnlyWhateverAddressItGivesItself() {
        reply(
                200,
                "[1, 2]",
                "Link",
                "<" + base() + "/list?page=2>; rel=\"next\", <" + base() + "/list?page=9>; rel=\"last\"");
        reply(200, "[3]", "Link", "<https://inside.example/other/list?page=3>; rel=\"next\"");
        reply(200, "[4]");

        assertThat(client.all("/list?a=b", 100)).hasSize(4);
        assertThat(asked).containsExactly("GET /api/list?a=b", "GET /api/list?page=2", "GET /api/list?page=3");
        assertThat(secrets).containsOnly(SECRET);
    }

    @Test
    void asksForNoMorePagesThanItNeeds() {
        reply(200, "[1, 2, 3]", "Link", "<" + base() + "/list?page=2>; rel=\"next\"");

        assertThat(client.all("/list", 2)).hasSize(2);
        assertThat(asked).hasSize(1);
    }

    @Test
    void followsARedirectOnThisHostOnly() {
        reply(301, "", "Location", base() + "/renamed");
        reply(200, "{\"a\": \"b\"}");
        assertThat(client.get("/old").text("a")).contains("b");

        reply(302, "", "Location", "https://evil.example/steal");
        assertThatThrownBy(() -> client.get("/old2")).hasMessageContaining("elsewhere");

        reply(307, "", "Location", base() + "/renamed");
        assertThatThrownBy(() -> client.post("/old", "{}")).hasMessageContaining("elsewhere");
    }

    @Test
    void goesInNoCircles() {
        for (int i = 0; i < 10; i++) {
            reply(302, "", "Location", "/api/round");
        }

        assertThatThrownBy(() -> client.get("/round")).hasMessageContaining("elsewhere");
        assertThat(asked).hasSizeLessThan(6);
    }

    @Test
    void asksForWhatItKnowsOnlyIfItChanged() {
        reply(200, "{\"n\": 1}", "ETag", "\"one\"");
        reply(304, "");

        assertThat(client.get("/x").integer("n")).contains(1L);
        assertThat(client.get("/x").integer("n")).contains(1L);
        assertThat(asked).containsExactly("GET /api/x", "GET /api/x if not \"one\"");
    }

    @Test
    void readsNoPageThatIsNoJson() {
        reply(200, "<html>Please log in</html>");

        assertThatThrownBy(() -> client.get("/x")).hasMessageContaining("something else than a Git host's API");
    }

    @Test
    void readsNoEndlessAnswer() {
        reply(200, "\"" + "x".repeat(40 << 20) + "\"");

        assertThatThrownBy(() -> client.post("/x", "{}"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("more than");
    }

    @Test
    void saysThatNobodyAnswers() {
        HostClient nobody = new HostClient(URI.create("http://127.0.0.1:1/api"), Map.of(), CLOCK);

        assertThatThrownBy(() -> nobody.get("/x"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("Nobody answers at http://127.0.0.1:1/api");
    }

    @Test
    void encodesPaths() {
        assertThat(HostClient.path("repos", "a b", "x/y", "é?")).isEqualTo("/repos/a%20b/x%2Fy/%C3%A9%3F");
    }
}
