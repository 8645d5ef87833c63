package io.jenkins.plugins.modelgate;

import io.modelgate.manifest.StoreLocation;
import java.io.Serializable;
import java.net.URI;
import java.util.Optional;

/**
 * Where bytes are, as an agent is told of it. There is no secret in it: an agent uses its own logins.
 *
 * @param url never relative
 * @param endpoint empty where there is none
 * @param region empty where there is none
 * @param pathStyle {@code true}, {@code false} or empty
 */
record StorePlace(String url, String endpoint, String region, String pathStyle) implements Serializable {
    private static final long serialVersionUID = 1L;

    static StorePlace of(StoreLocation location) {
        return new StorePlace(
                location.url(),
                location.endpoint().map(URI::toString).orElse(""),
                location.region().orElse(""),
                location.pathStyle().map(String::valueOf).orElse(""));
    }

    StoreLocation location() {
        return new StoreLocation(
                url,
                given(endpoint).map(URI::create),
                given(region),
                given(pathStyle).map(Boolean::valueOf));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
