package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.time.Duration;
import java.util.Map;

/**
 * How slow a server may be: fewer bytes, on average over the whole of a window in which somebody waits for it, and it is given up.
 * A file of 5 GB holds nobody for more than a day then.
 *
 * @param bytes in a second, of all transfers with the server together; 0 for no limit
 * @param window over which it is measured
 */
public record LeastRate(long bytes, Duration window) {
    /** The variable that sets another rate, such as {@code 10kB}; {@code 0} waits for ever. */
    public static final String VARIABLE = "MODELGATE_STORE_LEAST_RATE";

    /** 64 kB in a second: an old telephone line gives as much. */
    public static final LeastRate USUAL = new LeastRate(64_000, Duration.ofSeconds(60));

    /** How long an answer may take on average, whatever comes with it: as long as 64 kB, at the usual rate a second. */
    Duration answer() {
        return window.multipliedBy(USUAL.bytes()).dividedBy(60 * bytes);
    }

    /** What the variable says, else the usual; USAGE when it makes no sense. */
    public static LeastRate of(Map<String, String> environment) {
        String said = environment.getOrDefault(VARIABLE, "").strip();
        try {
            return said.isEmpty() ? USUAL : new LeastRate(ByteSize.parse(said), USUAL.window());
        } catch (IllegalArgumentException e) {
            throw RegistryException.usage(
                    VARIABLE + ": " + e.getMessage() + ".", "Correct the variable or take it away.");
        }
    }
}
