package io.modelgate.store.oci;

import io.modelgate.store.http.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who one is at a registry.
 *
 * @param basic user and password for {@code Basic} (RFC 7617)
 * @param refresh what tokens are fetched with instead ({@code identitytoken})
 * @param bearer a token that is shown as it is ({@code registrytoken})
 * @param source where that came from, in words
 */
record RegistryLogin(Optional<String> basic, Optional<String> refresh, Optional<String> bearer, String source) {
    static RegistryLogin none(String why) {
        return new RegistryLogin(Optional.empty(), Optional.empty(), Optional.empty(), why);
    }

    /** A user and a password; what helpers call the user {@code <token>} is a refresh token. */
    static RegistryLogin of(String user, String secret, String source) {
        if (user.equals("<token>")) {
            return new RegistryLogin(Optional.empty(), Optional.of(secret), Optional.empty(), source);
        }
        String pair = Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return new RegistryLogin(Optional.of("Basic " + pair), Optional.empty(), Optional.empty(), source);
    }

    boolean isSomebody() {
        return basic.isPresent() || refresh.isPresent() || bearer.isPresent();
    }

    /** What must be in no message. */
    Secrets secrets() {
        return Stream.concat(basic.stream(), bearer.stream().map(token -> "Bearer " + token))
                .reduce(Secrets.NONE, Secrets::andAuthorization, Secrets::and)
                .and(refresh.stream());
    }

    @Override
    public String toString() {
        return source;
    }
}
