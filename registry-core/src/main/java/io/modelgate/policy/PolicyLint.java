package io.modelgate.policy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for what is allowed and hardly meant: rules that can never fail or never pass, thresholds in the wrong direction, names
 * of metrics that nobody uses, policies that apply to nothing, waivers that are over.
 */
public final class PolicyLint {
    private final Policies policies;
    private final RegistryConfig registry;
    private final List<Model> models;
    private final Instant now;
    private final Measured measured;
    private final List<Finding> findings = new ArrayList<>();

    private PolicyLint(Policies policies, RegistryConfig registry, List<Model> models, Instant now, Measured measured) {
        this.policies = policies;
        this.registry = registry;
        this.models = List.copyOf(models);
        this.now = now;
        this.measured = measured;
    }

    /** Everything that is hardly meant, sorted: warnings, and notes on what does no harm. */
    public static List<Finding> of(
            Policies policies, RegistryConfig registry, List<Model> models, Instant now, Measured measured) {
        PolicyLint lint = new PolicyLint(policies, registry, models, now, measured);
        policies.policies().forEach(lint::check);
        policies.waivers().forEach(lint::check);
        return lint.findings.stream().sorted().distinct().toList();
    }

    private void check(Policy policy) {
        Place place = Place.file(new RegistryPath.PolicyFile(policy.name()).path());
        if (models.stream()
                .noneMatch(model -> policy.appliesTo().stages().stream()
                        .anyMatch(stage -> policy.appliesTo().matches(stage, model)))) {
            findings.add(Finding.note(
                    "lint/applies-to-nothing",
                    place,
                    "The policy " + policy.name() + " applies to no model that is registered.",
                    "Look at its models, risk tiers and labels; go on if its models are still to come."));
        }
        for (Rule rule : policy.rules()) {
            LintContext context = new LintContext(registry, policy.appliesTo().stages(), now, measured);
            rule.requirement()
                    .doubts(context)
                    .forEach(doubt ->
                            findings.add(doubt.finding("The rule " + policy.name() + "/" + rule.id(), rule.place())));
        }
    }

    private void check(Waiver waiver) {
        Place place = Place.file(new RegistryPath.WaiverFile(waiver.id()).path());
        if (waiver.isOver(now)) {
            warn(
                    "waiver-over",
                    place,
                    "The waiver " + waiver.id() + " ended on " + waiver.expires() + ".",
                    "Take it out.");
        }
        boolean asked = models.stream()
                .filter(model -> model.name().equals(waiver.model()))
                .flatMap(model -> policies.applying(waiver.stage(), model).stream())
                .anyMatch(each -> waiver.rule()
                        .equals(new Waiver.RuleName(
                                each.policy().name(), each.rule().id())));
        if (!asked) {
            warn(
                    "waiver-of-nothing",
                    place,
                    "Nothing asks " + waiver.model() + " in " + waiver.stage() + " for "
                            + waiver.rule().policy() + "/" + waiver.rule().rule() + ", which the waiver " + waiver.id()
                            + " is about.",
                    "Take it out, or correct its policy, rule, model or stage.");
        }
    }

    private void warn(String rule, Place place, String message, String remedy) {
        findings.add(Finding.warn("lint/" + rule, place, message, remedy));
    }
}
