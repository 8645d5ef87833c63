package io.modelgate.policy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Text;
import java.util.List;

/**
 * How one rule of one policy was judged for one version.
 *
 * @param policy the policy that asks
 * @param rule the id of the rule
 * @param subject which version, such as {@code credit/default-risk@1.0.0}
 * @param outcome how it ended
 * @param line value and bound, for a table
 * @param findings what is missing; all blocking ones for a failure, none blocking otherwise
 */
public record RuleResult(
        String policy, String rule, String subject, Outcome outcome, Line line, List<Finding> findings) {
    public RuleResult {
        findings = List.copyOf(findings);
    }

    /**
     * A line of the table of rules.
     *
     * @param title what is asked for
     * @param value what was found
     * @param bound what is required
     * @param place where the evidence is
     * @param rationale why the rule exists; who waived it where it is waived
     */
    public record Line(String title, String value, String bound, Place place, String rationale) {
        public Line {
            title = Text.printable(title);
            value = Text.printable(value);
            bound = Text.printable(bound);
            rationale = Text.printable(rationale);
        }
    }

    /** {@code policy/rule}: what findings of this rule are called. */
    public String id() {
        return policy + "/" + rule;
    }
}
