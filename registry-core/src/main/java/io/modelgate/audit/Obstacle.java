package io.modelgate.audit;

import io.modelgate.finding.RegistryException;

/**
 * Why something could not be looked at.
 *
 * @param what happened, a sentence
 * @param remedy what to do about it
 */
public record Obstacle(String what, String remedy) {
    static Obstacle of(RegistryException trouble) {
        return new Obstacle(String.valueOf(trouble.getMessage()), trouble.remedy());
    }
}
