package io.modelgate.manifest;

/** What a dataset was used for. */
public enum DatasetRole {
    TRAIN,
    VALIDATION,
    TEST,
    CALIBRATION,
    PRODUCTION;

    /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
    public static DatasetRole parse(String word) {
        return Words.parse(DatasetRole.class, word);
    }

    public String word() {
        return Words.of(this);
    }
}
