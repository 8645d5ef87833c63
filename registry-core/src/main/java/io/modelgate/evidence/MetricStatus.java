package io.modelgate.evidence;

import io.modelgate.manifest.Words;

/** Whether a metric has a value, and if not, why. */
public enum MetricStatus {
    /** It has a value. */
    OK,
    /** 0 divided by 0: there was nobody to measure it on. */
    UNDEFINED,
    /** Something divided by 0. */
    INFINITE,
    /** The tool failed. */
    ERROR,
    /** The tool did not compute it. */
    NOT_COMPUTED;

    /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
    public static MetricStatus parse(String word) {
        return Words.parse(MetricStatus.class, word);
    }

    /** The word used in files: {@code ok}, {@code undefined}, {@code infinite}, {@code error} or {@code not-computed}. */
    public String word() {
        return Words.of(this);
    }
}
