package io.modelgate.evidence;

import io.modelgate.manifest.Words;

/** How an interval of two groups is computed from their counts. */
public enum IntervalMethod {
    /** {@link Intervals}: closed forms of Wilson's limits, defined for every table. */
    WILSON,
    /** Miettinen and Nurminen's interval of a difference, Koopman's of a ratio: what a score test would not reject. */
    SCORE;

    /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
    public static IntervalMethod parse(String word) {
        return Words.parse(IntervalMethod.class, word);
    }
}
