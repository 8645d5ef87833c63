package io.modelgate.policy;

/**
 * Something about a requirement that is hardly meant.
 *
 * @param rule what kind of doubt, such as {@code never-fails}
 * @param message a sentence whose subject is the rule
 * @param remedy what to do
 */
record Doubt(String rule, String message, String remedy) {
    static Doubt neverFails(String why) {
        return new Doubt("never-fails", "can never fail: " + why + ".", "Tighten it, or take it out.");
    }

    static Doubt neverPasses(String why) {
        return new Doubt("never-passes", "can never pass: " + why + ".", "Correct the bound.");
    }
}
