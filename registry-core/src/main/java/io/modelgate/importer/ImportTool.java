package io.modelgate.importer;

import io.modelgate.manifest.Words;

/** Whose file is read. */
public enum ImportTool {
    FAIRLEARN,
    AIF360,
    AEQUITAS,
    CLARIFY,
    SKLEARN,
    MLFLOW,
    HUGGINGFACE,
    SHAP,
    /** Told by what is in the file. */
    AUTO;

    /** Reads a word such as {@code fairlearn}; throws {@link IllegalArgumentException} with a message for people. */
    public static ImportTool parse(String word) {
        return Words.parse(ImportTool.class, word);
    }

    /** The word, such as {@code fairlearn}. */
    public String word() {
        return Words.of(this);
    }
}
