package io.modelgate.policy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import java.util.Set;

/**
 * Something about a requirement that is hardly meant.
 *
 * @param rule what kind of doubt, such as {@code never-fails}
 * @param message a sentence whose subject is the rule
 * @param remedy what to do
 */
record Doubt(String rule, String message, String remedy) {
    /** What holds anyway, or is less than it seems. */
    private static final Set<String> HARMLESS = Set.of("said-twice", "asks-little", "key-over", "weak-key");

    /** The doubt about a rule: a warning, or a note when the rule does no harm. */
    Finding finding(String subject, Place place) {
        String said = subject + " " + message;
        return HARMLESS.contains(rule)
                ? Finding.note("lint/" + rule, place, said, remedy)
                : Finding.warn("lint/" + rule, place, said, remedy);
    }

    static Doubt neverFails(String why) {
        return new Doubt("never-fails", "can never fail: " + why + ".", "Tighten it, or take it out.");
    }

    /** A greatest age that nothing can meet, for it was measured before it is judged. */
    static Doubt tooShort(String what) {
        return new Doubt(
                "never-passes",
                "can never pass: " + what + " is older than that when it is judged.",
                "Write a duration like P90D.");
    }

    static Doubt neverPasses(String why) {
        return neverPasses(why, "Correct the bound.");
    }

    static Doubt neverPasses(String why, String remedy) {
        return new Doubt("never-passes", "can never pass: " + why + ".", remedy);
    }
}
