package io.modelgate.deploy;

import java.time.Duration;

/** Hands an order to its target and waits until it is healthy. Doing it twice is the same as doing it once. */
public interface Handover {
    /** The longest that a handover waits for health, where a target says nothing else. */
    Duration HEALTH = Duration.ofMinutes(5);

    /** Returns when the target runs it; a RegistryException says why it does not. */
    void hand(Order order);

    /** How long a target gives a version to become healthy. */
    static Duration patience(Order order) {
        return order.target()
                .setting("healthSeconds")
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(HEALTH);
    }
}
