package io.modelgate.evidence;

import io.modelgate.manifest.Words;

/** Which way a metric gets better. */
public enum Direction {
    HIGHER_IS_BETTER,
    LOWER_IS_BETTER;

    /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
    public static Direction parse(String word) {
        return Words.parse(Direction.class, word);
    }

    /** The word used in files: {@code higher-is-better} or {@code lower-is-better}. */
    public String word() {
        return Words.of(this);
    }
}
