package io.modelgate.store.oci;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.http.Access;
import io.modelgate.store.http.Ask;
import io.modelgate.store.http.Json;
import io.modelgate.store.http.Reply;
import io.modelgate.store.http.Secrets;
import io.modelgate.store.http.StoreClient;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Who asks a registry for one repository: user and password, or a token that is fetched for no more than what is needed, reading
 * or writing (distribution specification, token authentication). The login is looked for when the registry wants one.
 */
final class RegistryAccess implements Access {
    private static final int MOST_BYTES = 256 << 10;
    private static final int USUAL_SECONDS = 60; // What the specification says for tokens that do not say it.
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final StoreClient nobody;
    private final String resource;
    private final Supplier<RegistryLogin> logins;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();
    private volatile Optional<RegistryLogin> login = Optional.empty();

    private record Shown(String header, long since, long until) {
        @Override
        public String toString() {
            return "a token";
        }
    }

    /**
     * @param nobody asks the registry without a login
     * @param resource what for, such as {@code repository:models/credit/default-risk}; empty to be known only
     */
    RegistryAccess(StoreClient nobody, String resource, Supplier<RegistryLogin> logins) {
        this.nobody = nobody;
        this.resource = resource;
        this.logins = logins;
    }

    @Override
    public Optional<String> authorization(String method) {
        return Optional.ofNullable(shown.get(actions(method)))
                .filter(each -> each.until() - System.nanoTime() > 0)
                .map(Shown::header);
    }

    @Override
    public Secrets secrets() {
        return shown.values().stream()
                .map(Shown::header)
                .reduce(
                        login.map(RegistryLogin::secrets).orElse(Secrets.NONE),
                        Secrets::andAuthorization,
                        Secrets::and);
    }

    private String actions(String method) {
        if (resource.startsWith("registry:")) {
            return "*";
        }
        return method.equals("GET") || method.equals("HEAD") ? "pull" : "pull,push";
    }

    @Override
    public synchronized boolean challenged(String method, Reply reply) throws IOException {
        String actions = actions(method);
        Shown present = shown.get(actions);
        if (present != null && System.nanoTime() - present.since() < FRESH_NANOS) {
            return true; // Another thread was told the same a moment ago.
        }
        Optional<Challenge> challenge = Challenge.of(reply);
        if (challenge.isEmpty()) {
            return false;
        }
        RegistryLogin who = login();
        Optional<Shown> fresh = challenge.get().scheme().equals("basic")
                ? who.basic().map(header -> until(header, Integer.MAX_VALUE))
                : who.bearer().isPresent()
                        ? who.bearer().map(token -> until("Bearer " + token, Integer.MAX_VALUE))
                        : Optional.of(token(challenge.get(), actions, who));
        fresh.ifPresent(each -> shown.put(actions, each));
        return fresh.isPresent();
    }

    private RegistryLogin login() {
        RegistryLogin known = login.orElseGet(logins);
        login = Optional.of(known);
        return known;
    }

    private static Shown until(String header, long seconds) {
        long now = System.nanoTime();
        return new Shown(header, now, now + TimeUnit.SECONDS.toNanos(seconds));
    }

    private Shown token(Challenge challenge, String actions, RegistryLogin who) throws IOException {
        URI realm = realm(challenge);
        Access access = new TokenAccess(who);
        StoreClient client = nobody.at(realm.toString(), access);
        String service = challenge.fields().getOrDefault("service", "");
        String query = (service.isEmpty() ? "" : "service=" + encode(service) + "&")
                + (resource.isEmpty() ? "" : "scope=" + encode(resource + ":" + actions));
        Ask ask = who.refresh().isPresent()
                ? Ask.of("POST", realm)
                        .sending(
                                "application/x-www-form-urlencoded",
                                ("grant_type=refresh_token&client_id=modelgate&" + query + "&refresh_token="
                                                + encode(who.refresh().get()))
                                        .getBytes(StandardCharsets.UTF_8))
                        .hiding(who.refresh().get())
                : Ask.of("GET", URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + query));
        try (Reply reply = client.send(ask)) {
            if (reply.status() == 400 && who.refresh().isPresent()) {
                throw RegistryException.environment( // What OAuth 2 says of a refresh token that is not good any more.
                        realm.getHost() + " gives no token for " + resource + " any more with " + who.source() + ".",
                        access.remedy(),
                        null);
            }
            if (!reply.ok()) {
                throw client.trouble(reply, "the token for " + resource);
            }
            return token(reply);
        }
    }

    private static Shown token(Reply reply) throws IOException {
        try {
            Json json = Json.parse(reply.bytes(MOST_BYTES));
            String token = json.text("token")
                    .or(() -> json.text("access_token"))
                    .filter(text -> text.matches("[\\x21-\\x7e]+"))
                    .orElseThrow(() -> new IllegalArgumentException("there is no token in it"));
            long seconds = Math.min(json.number("expires_in").orElse(USUAL_SECONDS), TimeUnit.DAYS.toSeconds(1));
            return until("Bearer " + token, Math.max(USUAL_SECONDS, seconds) - 10);
        } catch (IllegalArgumentException e) {
            throw RegistryException.environment(
                    reply.host() + " should give a token, and its answer is of no use: " + e.getMessage() + ".",
                    "Check the address of the store: is a login page or a proxy in between?",
                    null);
        }
    }

    /** Where tokens are: the user's password goes there, so that nobody may be able to read along. */
    private URI realm(Challenge challenge) {
        try {
            URI realm = new URI(challenge.fields().getOrDefault("realm", ""));
            if (realm.getHost() != null && realm.getScheme() != null && StoreClient.isSafe(realm)) {
                return realm;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw RegistryException.environment(
                nobody.home().getHost() + " wants a token of a place that is no https address.",
                "Nothing was sent there. Ask whoever runs the registry to mend its 'realm'.",
                null);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String source() {
        return login.map(RegistryLogin::source).orElse("no login");
    }

    @Override
    public String remedy() {
        return "Log in with 'docker login', 'podman login' or 'oras login' for "
                + nobody.home().getAuthority() + ".";
    }

    /** Shows the login to whoever gives tokens. */
    private record TokenAccess(RegistryLogin who) implements Access {
        @Override
        public Optional<String> authorization(String method) {
            return method.equals("GET") ? who.basic() : Optional.empty();
        }

        @Override
        public Secrets secrets() {
            return who.secrets();
        }

        @Override
        public String source() {
            return who.source();
        }

        @Override
        public String remedy() {
            return "Log in again with 'docker login', 'podman login' or 'oras login'.";
        }
    }
}
