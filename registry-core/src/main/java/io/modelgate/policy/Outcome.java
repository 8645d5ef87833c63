package io.modelgate.policy;

import java.util.Locale;

/** How the judgement of one rule ended. */
public enum Outcome {
    /** The rule is met. */
    PASS,
    /** The rule is not met. */
    FAIL,
    /** Only approvals or time are missing. */
    PENDING,
    /** The rule is not met, and a waiver makes an exception. */
    WAIVED,
    /** The rule is not met, and it only warns. */
    WARN;

    /** The word in reports and policy tests. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads the word; throws {@link IllegalArgumentException} with a message for people. */
    public static Outcome parse(String word) {
        for (Outcome outcome : values()) {
            if (outcome.word().equals(word)) {
                return outcome;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no result: pass, fail, pending, waived or warn");
    }
}
