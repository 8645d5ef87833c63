package io.modelgate.policy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;

/**
 * Something about a requirement that is hardly meant.
 *
 * @param rule what kind of doubt, such as {@code never-fails}
 * @param message a sentence whose subject is the rule
 * @param remedy what to do
 */
record Doubt(String rule, String message, String remedy) {
    /** Says twice what holds anyway. */
    private static final String HARMLESS = "said-twice";

    /** The doubt about a rule: a warning, or a note when the rule does no harm. */
    Finding finding(String subject, Place place) {
        String said = subject + " " + message;
        return rule.equals(HARMLESS)
                ? Finding.note("lint/" + rule, place, said, remedy)
                : Finding.warn("lint/" + rule, place, said, remedy);
    }

    static Doubt neverFails(String why) {
        return new Doubt("never-fails", "can never fail: " + why + ".", "Tighten it, or take it out.");
    }

    static Doubt neverPasses(String why) {
        return new Doubt("never-passes", "can never pass: " + why + ".", "Correct the bound.");
    }
}
