package io.modelgate.store;

/** What a store has to say about an artifact. */
public enum Verification {
    /** The bytes are there and right. */
    OK("is right"),
    /** The store has nothing under this digest. */
    MISSING("is not in the store"),
    /** There are too few or too many bytes. */
    WRONG_SIZE("has another size in the store than the manifest says"),
    /** The bytes are others. */
    WRONG_DIGEST("has other bytes in the store than the manifest says");

    private final String words;

    Verification(String words) {
        this.words = words;
    }

    /** Words that can follow the name of the artifact. */
    public String words() {
        return words;
    }
}
