package io.modelgate.host.github;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.HostLogin;
import io.modelgate.git.LoginSource;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.host.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A GitHub App that is installed where the registry is: signs in with its private key, and asks with tokens that end after an hour
 * and are fetched anew (docs.github.com, "Authenticating as a GitHub App installation").
 */
public final class GithubApp {
    /** The variable with the App's id, or its client id. */
    public static final String ID = "MODELGATE_GITHUB_APP_ID";

    /** The variable with the name of the file that holds the App's private key, as GitHub gives it. */
    public static final String KEY_FILE = "MODELGATE_GITHUB_APP_KEY_FILE";

    /** The name beside an installation's token (docs.github.com, "Authenticating as a GitHub App installation"). */
    private static final String GIT_USER = "x-access-token";

    private static final Duration BEFORE_END = Duration.ofMinutes(5);
    private static final Duration LIFE = Duration.ofMinutes(9);

    private final String id;
    private final PrivateKey key;
    private final String repo;
    private final Clock clock;
    private final HostClient asApp;
    private Optional<Token> token = Optional.empty();

    private record Token(String secret, Instant end) {}

    private GithubApp(String id, PrivateKey key, HostSite site, Clock clock) {
        this.id = id;
        this.key = key;
        this.clock = clock;
        this.repo = HostClient.path(
                "repos", site.ownerAndName().get(0), site.ownerAndName().get(1));
        this.asApp = new HostClient(
                GithubHost.api(site.base()), () -> Map.of("Authorization", "Bearer " + assertion()), clock);
    }

    /** The App that the environment names; empty where it names none. */
    public static Optional<GithubApp> find(HostSite site, Map<String, String> environment, Clock clock) {
        String id = environment.getOrDefault(ID, "").strip();
        String file = environment.getOrDefault(KEY_FILE, "").strip();
        if (id.isEmpty() && file.isEmpty()) {
            return Optional.empty();
        }
        if (!id.matches("[A-Za-z0-9.]{1,60}") || file.isEmpty()) {
            throw RegistryException.usage(
                    "A GitHub App needs both " + ID + " and " + KEY_FILE + ".", "Set both, or neither.");
        }
        return Optional.of(new GithubApp(id, key(Path.of(file)), site, clock));
    }

    /** The header that the installation asks with. */
    public Map<String, String> headers() {
        return Map.of("Authorization", "Bearer " + secret());
    }

    /** What Git over HTTPS signs in with as the installation. */
    public HostLogin login() {
        return HostLogin.of(GIT_USER, secret(), LoginSource.APP);
    }

    /** A token that holds for some minutes at the least. */
    private String secret() {
        Instant now = clock.instant();
        if (token.filter(known -> now.isBefore(known.end().minus(BEFORE_END))).isEmpty()) {
            long installation = asApp.find(repo + "/installation")
                    .flatMap(json -> json.integer("id"))
                    .orElseThrow(() -> RegistryException.environment(
                            "The GitHub App " + id + " is not installed for the registry's repository.",
                            "Install it there, with the rights that docs/hosts.md names.",
                            null));
            Json made = asApp.post("/app/installations/" + installation + "/access_tokens", "");
            token = Optional.of(new Token(
                    made.text("token").orElseThrow(GithubApp::strange),
                    made.text("expires_at")
                            .map(time -> OffsetDateTime.parse(time).toInstant())
                            .orElseThrow(GithubApp::strange)));
        }
        return token.orElseThrow().secret();
    }

    /** The App's own user, by whom its comments are: {@code <slug>[bot]}. */
    public Json user() {
        String slug = asApp.get("/app").text("slug").orElseThrow(GithubApp::strange);
        return asApp.get(HostClient.path("users", slug + "[bot]"));
    }

    private static RegistryException strange() {
        return RegistryException.environment(
                "The host does not say what Modelgate needs to know of the GitHub App.", "See docs/hosts.md.", null);
    }

    /** A JSON Web Token (RFC 7519) that says who asks, signed with RS256 (RFC 7518, 3.3); ends within ten minutes. */
    private String assertion() {
        Instant now = clock.instant();
        String claim = base64(Json.object("alg", "RS256", "typ", "JWT")) + "."
                + base64(Json.object(
                        "iat", now.getEpochSecond() - 60, "exp", now.plus(LIFE).getEpochSecond(), "iss", id));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(claim.getBytes(StandardCharsets.US_ASCII));
            return claim + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw RegistryException.environment(
                    "The GitHub App's key cannot sign.", "Is it an RSA key as GitHub gives it?", e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static PrivateKey key(Path file) {
        try {
            String pem = Files.readString(file);
            byte[] der = Base64.getMimeDecoder()
                    .decode(pem.replaceAll("-----[A-Z ]+-----", "").strip());
            byte[] wrapped = pem.contains("BEGIN RSA PRIVATE KEY") ? wrap(der) : der;
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw RegistryException.environment(
                    "The private key of the GitHub App cannot be read from " + file + ".",
                    "Name the PEM file that GitHub gave for the App with " + KEY_FILE + ".",
                    null);
        }
    }

    /** GitHub gives keys as RSAPrivateKey (RFC 8017, A.1.2); Java reads them as PrivateKeyInfo (RFC 5208, 5) of rsaEncryption. */
    private static byte[] wrap(byte[] rsa) {
        byte[] algorithm = {
            0x02,
            0x01,
            0x00,
            0x30,
            0x0d,
            0x06,
            0x09,
            0x2a,
            (byte) 0x86,
            0x48,
            (byte) 0x86,
            (byte) 0xf7,
            0x0d,
            0x01,
            0x01,
            0x01,
            0x05,
            0x00
        };
        byte[] octets = element(0x04, rsa);
        byte[] content = new byte[algorithm.length + octets.length];
        System.arraycopy(algorithm, 0, content, 0, algorithm.length);
        System.arraycopy(octets, 0, content, algorithm.length, octets.length);
        return element(0x30, content);
    }

    /** An element of DER (X.690, 8.1) with a length of two bytes, which keys of 1024 bits and more have. */
    private static byte[] element(int tag, byte[] content) {
        byte[] element = new byte[content.length + 4];
        element[0] = (byte) tag;
        element[1] = (byte) 0x82;
        element[2] = (byte) (content.length >> 8);
        element[3] = (byte) content.length;
        System.arraycopy(content, 0, element, 4, content.length);
        return element;
    }
}
