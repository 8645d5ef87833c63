package io.modelgate.policy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.VersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for what is allowed and hardly meant: rules that can never fail or never pass, thresholds in the wrong direction, names
 * of metrics that nobody uses, policies that apply to nothing, waivers that are over.
 */
public final class PolicyLint {
    private final Policies policies;
    private final Written written;
    private final RegistryConfig registry;
    private final List<Model> models;
    private final Instant now;
    private final Measured measured;
    private final List<Finding> findings = new ArrayList<>();

    private PolicyLint(
            Policies policies,
            Written written,
            RegistryConfig registry,
            List<Model> models,
            Instant now,
            Measured measured) {
        this.policies = policies;
        this.written = written;
        this.registry = registry;
        this.models = List.copyOf(models);
        this.now = now;
        this.measured = measured;
    }

    /** Everything that is hardly meant, sorted: warnings, and notes on what does no harm. */
    public static List<Finding> of(
            Policies policies,
            Written written,
            RegistryConfig registry,
            List<Model> models,
            Instant now,
            Measured measured) {
        PolicyLint lint = new PolicyLint(policies, written, registry, models, now, measured);
        policies.policies().forEach(lint::check);
        policies.waivers().forEach(lint::check);
        return lint.findings.stream().sorted().distinct().toList();
    }

    private void check(Policy policy) {
        RegistryPath file = new RegistryPath.PolicyFile(policy.name());
        if (models.stream()
                .noneMatch(model -> policy.appliesTo().stages().stream()
                        .anyMatch(stage -> policy.appliesTo().matches(stage, model)))) {
            findings.add(Finding.note(
                    "lint/applies-to-nothing",
                    written.place(file, "appliesTo"),
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
        RegistryPath file = new RegistryPath.WaiverFile(waiver.id());
        if (waiver.isOver(now)) {
            warn(
                    "waiver-over",
                    written.place(file, "expires"),
                    "The waiver " + waiver.id() + " ended on " + waiver.expires() + ".",
                    "Take it out.");
        }
        waiver.version()
                .map(version -> new VersionId(waiver.model(), version))
                .filter(version -> !written.has(version))
                .ifPresent(version -> warn(
                        "waiver-of-nothing",
                        written.place(file, "version"),
                        "There is no version " + version + ", which the waiver " + waiver.id() + " is about.",
                        "Take it out, or correct its model or version; a version that comes later can bring its own."));
        boolean asked = models.stream()
                .filter(model -> model.name().equals(waiver.model()))
                .flatMap(model -> policies.applying(waiver.stage(), model).stream())
                .anyMatch(each -> waiver.rule()
                        .equals(new Waiver.RuleName(
                                each.policy().name(), each.rule().id())));
        if (!asked) {
            warn(
                    "waiver-of-nothing",
                    written.place(file, "rule"),
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
