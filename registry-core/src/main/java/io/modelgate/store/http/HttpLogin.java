package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.GivenVariables;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who one is at a web server: a token that is meant for its host, or what netrc says. It is shown only where nobody can read along.
 */
final class HttpLogin implements Access {
    /** The variable with tokens: {@code host=token}, several with blanks between them; a host may have a port. */
    static final String TOKENS = "MODELGATE_STORE_TOKEN";

    private final Optional<String> header;
    private final String source;

    private HttpLogin(Optional<String> header, String source) {
        this.header = header;
        this.source = source;
    }

    /** @param given variables that count before everything of this process and of its user */
    static Access of(URI home, GivenVariables given, Map<String, String> environment, Path userHome) {
        if (!StoreClient.isSafe(home)) {
            return new HttpLogin(Optional.empty(), "no login, since everybody can read what is said over http");
        }
        return of(home, given.first(TOKENS), given.first(Netrc.FILE).map(Netrc::named))
                .or(() -> of(
                        home,
                        Optional.ofNullable(environment.get(TOKENS)),
                        Optional.of(Netrc.of(environment, userHome))))
                .orElseGet(() -> new HttpLogin(Optional.empty(), "no login"));
    }

    private static Optional<HttpLogin> of(URI home, Optional<String> tokens, Optional<Netrc> netrc) {
        return tokens.flatMap(each -> token(home, each))
                .map(token -> new HttpLogin(Optional.of("Bearer " + token), "the token in " + TOKENS))
                .or(() -> netrc.flatMap(file -> file.basic(home.getHost())
                        .map(basic -> new HttpLogin(Optional.of(basic), "the login in " + file.file()))));
    }

    private static Optional<String> token(URI home, String tokens) {
        String host = home.getHost().toLowerCase(Locale.ROOT);
        String withPort = host + ":" + home.getPort();
        Optional<String> found = Optional.empty();
        for (String each : tokens.strip().split("\\s+", -1)) {
            int equals = each.indexOf('=');
            if (each.isEmpty()) {
                continue;
            }
            if (equals < 1 || !each.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw RegistryException.usage(
                        TOKENS + " is not what it must be.", "Write host=token, several with blanks between them.");
            }
            String meant = each.substring(0, equals).toLowerCase(Locale.ROOT);
            if (Stream.of(host, withPort).anyMatch(meant::equals)) {
                found = Optional.of(each.substring(equals + 1));
            }
        }
        return found;
    }

    @Override
    public Optional<String> authorization(String method) {
        return header;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public String remedy() {
        return "Write a line 'machine <host> login <user> password <password>' into ~/.netrc, or set " + TOKENS
                + "=<host>=<token>.";
    }

    @Override
    public String toString() {
        return source;
    }
}
