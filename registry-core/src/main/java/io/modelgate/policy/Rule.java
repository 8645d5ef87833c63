package io.modelgate.policy;

import io.modelgate.finding.Place;
import io.modelgate.finding.Severity;
import io.modelgate.manifest.Fields;
import java.util.Optional;

/**
 * One rule of a policy.
 *
 * @param id its name within the policy
 * @param severity whether a failure stops a merge
 * @param why why it exists and what it supports evidence for
 * @param waivable whether a waiver may make an exception
 * @param requirement what it asks for
 * @param place where it stands
 */
public record Rule(String id, Severity severity, Why why, boolean waivable, Requirement requirement, Place place) {
    /**
     * Why a rule exists.
     *
     * @param rationale in a sentence
     * @param basis what regulation or guidance it supports evidence for
     */
    public record Why(String rationale, Optional<String> basis) {}

    /** Reads a rule; empty, with findings noted, when something is wrong. */
    static Optional<Rule> of(Fields fields) {
        String id = fields.text("id");
        Severity severity = fields.optionalParsed("severity", Rule::severity).orElse(Severity.BLOCK);
        Why why = new Why(fields.text("rationale"), fields.optionalText("basis"));
        boolean waivable = fields.bool("waivable", false);
        return Requirements.read(fields)
                .map(requirement -> new Rule(id, severity, why, waivable, requirement, fields.place()));
    }

    private static Severity severity(String word) {
        return switch (word) {
            case "block" -> Severity.BLOCK;
            case "warn" -> Severity.WARN;
            default -> throw new IllegalArgumentException("'" + word + "' is no severity: block or warn");
        };
    }
}
