package io.modelgate.policy;

import io.modelgate.manifest.Model;
import io.modelgate.manifest.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which rules apply to a model in a stage, and why.
 *
 * @param stage the stage
 * @param model the model
 * @param policies every policy, with the parts of what it applies to
 */
public record PolicyExplanation(Stage stage, Model model, List<Considered> policies) {
    public PolicyExplanation {
        policies = List.copyOf(policies);
    }

    /**
     * A policy that was looked at.
     *
     * @param policy the policy
     * @param parts the parts of what it applies to
     * @param rules its rules
     */
    public record Considered(Policy policy, List<AppliesTo.Part> parts, List<Asked> rules) {
        public Considered {
            parts = List.copyOf(parts);
            rules = List.copyOf(rules);
        }

        /** Whether it applies: every part matches. */
        public boolean applies() {
            return parts.stream().allMatch(AppliesTo.Part::matches);
        }
    }

    /**
     * A rule of a policy.
     *
     * @param rule the rule
     * @param waiver an exception that holds for the model now
     */
    public record Asked(Rule rule, Optional<Waiver> waiver) {}

    /** Looks at every policy. */
    public static PolicyExplanation of(Policies policies, Stage stage, Model model, Instant now) {
        return new PolicyExplanation(
                stage,
                model,
                policies.policies().stream()
                        .map(policy -> new Considered(
                                policy,
                                policy.appliesTo().parts(stage, model),
                                policy.rules().stream()
                                        .map(rule -> new Asked(rule, waiver(policies, policy, rule, stage, model, now)))
                                        .toList()))
                        .toList());
    }

    private static Optional<Waiver> waiver(
            Policies policies, Policy policy, Rule rule, Stage stage, Model model, Instant now) {
        return policies.waivers().stream()
                .filter(waiver -> rule.waivable()
                        && waiver.rule().equals(new Waiver.RuleName(policy.name(), rule.id()))
                        && waiver.model().equals(model.name())
                        && waiver.stage().equals(stage)
                        && !waiver.isOver(now))
                .findFirst();
    }
}
