package io.modelgate.store.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.modelgate.store.http.PlayedServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server of tokens that a real registry trusts: it signs what it grants (distribution specification, token authentication). 'writer'
 * may do everything, 'reader' may pull; the password of both is 'pw', and the refresh token of the writer is 'refresh-pw'.
 */
final class PlayedTokens implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    /** What was granted: who, and the scope. */
    final List<String> granted = new CopyOnWriteArrayList<>();

    private final PlayedServer server;
    private final PrivateKey key;
    private final Certificate certificate;
    private final Path bundle;

    PlayedTokens(Path work) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = work.resolve("keys.p12");
        makeKey(work, store);
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        key = (PrivateKey) keys.getKey("t", PASSWORD.toCharArray());
        certificate = keys.getCertificate("t");
        String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        bundle = Files.writeString(
                work.resolve("bundle.pem"), "-----BEGIN CERTIFICATE-----\n" + pem + "\n-----END CERTIFICATE-----\n");
        server = new PlayedServer(this::answer);
    }

    private static void makeKey(Path work, Path store) throws IOException, InterruptedException {
        String words = " -genkeypair -alias t -keyalg RSA -keysize 2048 -dname CN=tokens -storetype PKCS12 -storepass "
                + PASSWORD + " -keystore ";
        Process keytool = new ProcessBuilder(
                        (Path.of(System.getProperty("java.home"), "bin", "keytool") + words + store).split(" ", -1))
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0)
                .isTrue();
    }

    /** What a registry is started with that wants these tokens. */
    Map<String, String> environment() {
        return Map.of(
                "REGISTRY_AUTH", "token",
                "REGISTRY_AUTH_TOKEN_REALM", server.at("127.0.0.1") + "/auth/token",
                "REGISTRY_AUTH_TOKEN_SERVICE", "models",
                "REGISTRY_AUTH_TOKEN_ISSUER", "played",
                "REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE", bundle.toString());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> asked =
                fields(body.isEmpty() ? exchange.getRequestURI().getRawQuery() : body);
        String user = "refresh-pw".equals(asked.get("refresh_token"))
                ? "writer"
                : user(exchange.getRequestHeaders().getFirst("Authorization"));
        if (user.isEmpty() || !"models".equals(asked.get("service"))) {
            PlayedServer.send(exchange, 401, new byte[0]);
            return;
        }
        String scope = asked.getOrDefault("scope", "");
        String allowed = user.equals("reader") ? scope.replace("pull,push", "pull") : scope;
        granted.add(user + " " + allowed);
        try {
            String answer = "{\"access_token\":\"" + token(user, allowed) + "\",\"expires_in\":300}";
            PlayedServer.send(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String user(String header) {
        return Stream.of("writer", "reader")
                .filter(each -> basic(each + ":pw").equals(header))
                .findFirst()
                .orElse("");
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> fields(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(
                        each -> each[0],
                        each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8),
                        (first, second) -> second,
                        TreeMap::new));
    }

    private String token(String user, String scope) throws GeneralSecurityException {
        String[] parts = scope.split(":", -1);
        String access = parts.length == 3
                ? "{\"type\":\"" + parts[0] + "\",\"name\":\"" + parts[1] + "\",\"actions\":[\""
                        + parts[2].replace(",", "\",\"") + "\"]}"
                : "";
        long now = Instant.now().getEpochSecond();
        String header = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\""
                + Base64.getEncoder().encodeToString(certificate.getEncoded()) + "\"]}";
        String claims = "{\"iss\":\"played\",\"sub\":\"" + user + "\",\"aud\":\"models\",\"exp\":" + (now + 300)
                + ",\"nbf\":" + (now - 10) + ",\"iat\":" + now + ",\"jti\":\"1\",\"access\":[" + access + "]}";
        String signed =
                coded(header.getBytes(StandardCharsets.UTF_8)) + "." + coded(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        return signed + "." + coded(signature.sign());
    }

    private static String coded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.close();
    }
}
