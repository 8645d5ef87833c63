package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whoever this side is on a host: asked for once, when it is needed. */
public final class OwnAccount {
    private final Supplier<Json> asking;
    private Optional<Json> known = Optional.empty();

    public OwnAccount(Supplier<Json> asking) {
        this.asking = asking;
    }

    /** What the host says of the account. */
    public Json json() {
        if (known.isEmpty()) {
            known = Optional.of(asking.get());
        }
        return known.get();
    }

    /** The number of the account. */
    public Optional<Long> number() {
        return json().integer("id");
    }

    /** Whether a field has the number of this account. */
    public boolean is(Json json, String field) {
        return json.integer(field).equals(number());
    }

    /**
     * Who that is in the registry; ENVIRONMENT when the host tells of nobody.
     *
     * @param host the host, as people know it
     */
    public UserId user(String host, Function<Json, Optional<UserId>> reader) {
        return reader.apply(json())
                .orElseThrow(() -> RegistryException.environment(
                        host + " does not say who you are.", "Use a token of a user.", null));
    }
}
