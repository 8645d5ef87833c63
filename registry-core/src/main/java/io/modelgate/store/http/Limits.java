package io.modelgate.store.http;

import io.modelgate.store.LeastRate;
import io.modelgate.store.ListLimit;
import java.time.Duration;
import java.util.Map;

/**
 * How long a server is waited for.
 *
 * @param connect until there is a connection
 * @param silence without a byte in either direction
 * @param pause at most in all, before a request that the server was too busy for is given up
 * @param firstPause before it is asked again for the first time, if it has no wish; later ones are longer
 * @param least how slowly it may move bytes
 * @param listed how many objects it may name in a list
 */
public record Limits(
        Duration connect, Duration silence, Duration pause, Duration firstPause, LeastRate least, int listed) {
    private static final Duration USUAL_PAUSE = Duration.ofMillis(200);

    /** With the usual first pause. */
    public Limits(Duration connect, Duration silence, Duration pause, LeastRate least, int listed) {
        this(connect, silence, pause, USUAL_PAUSE, least, listed);
    }

    /** What is usual, with the rate that the environment says. */
    public static Limits of(Map<String, String> environment) {
        return new Limits(
                Duration.ofSeconds(15),
                Duration.ofSeconds(50),
                Duration.ofSeconds(60),
                LeastRate.of(environment),
                ListLimit.MOST_NAMES);
    }

    /** The same with another silence, for a server that works for long before it answers. */
    public Limits bearing(Duration longer) {
        return new Limits(connect, longer, pause, firstPause, least, listed);
    }

    /** The same with another first pause. */
    public Limits pausing(Duration first) {
        return new Limits(connect, silence, pause, first, least, listed);
    }
}
