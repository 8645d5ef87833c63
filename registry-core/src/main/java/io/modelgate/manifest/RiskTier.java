package io.modelgate.manifest;

/** How much harm a model can do, in rising order. */
public enum RiskTier {
    MINIMAL,
    LIMITED,
    HIGH;

    /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
    public static RiskTier parse(String word) {
        return Words.parse(RiskTier.class, word);
    }

    public String word() {
        return Words.of(this);
    }
}
