package io.modelgate.evidence;

import io.modelgate.manifest.Words;

/** What kind of answer a model gives. */
public enum Task {
    BINARY_CLASSIFICATION,
    MULTICLASS_CLASSIFICATION,
    REGRESSION,
    RANKING,
    GENERATION,
    OTHER;

    /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
    public static Task parse(String word) {
        return Words.parse(Task.class, word);
    }

    /** The word used in files, such as {@code binary-classification}. */
    public String word() {
        return Words.of(this);
    }
}
