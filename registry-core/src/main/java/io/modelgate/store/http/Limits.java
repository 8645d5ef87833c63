package io.modelgate.store.http;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param connect until there is a connection
 * @param silence without a byte in either direction
 * @param pause at most in all, before a request that the server was too busy for is given up
 */
record Limits(Duration connect, Duration silence, Duration pause) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(15), Duration.ofSeconds(50), Duration.ofSeconds(60));
}
