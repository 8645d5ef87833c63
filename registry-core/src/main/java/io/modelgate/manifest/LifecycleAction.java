package io.modelgate.manifest;

/** What is said about a version after it was registered. */
public enum LifecycleAction {
    /** There is a better one; goes on working. */
    DEPRECATE,
    /** Must not be promoted any more. */
    YANK,
    /** Out of use for good. */
    RETIRE;

    /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
    public static LifecycleAction parse(String word) {
        return Words.parse(LifecycleAction.class, word);
    }
}
