package io.modelgate.policy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.Snapshot;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.Suggestion;
import io.modelgate.manifest.UserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether what policies and waivers name is there: stages, roles, rules, models. A misspelt name would be a rule that never asks. */
final class PolicyReferences {
    private final Policies policies;
    private final Snapshot snapshot;
    private final RegistryConfig registry;
    private final Written written;
    private final List<Finding> findings = new ArrayList<>();

    PolicyReferences(Policies policies, Snapshot snapshot, RegistryConfig registry) {
        this.policies = policies;
        this.snapshot = snapshot;
        this.registry = registry;
        this.written = Written.in(snapshot);
    }

    List<Finding> check() {
        for (Policy policy : policies.policies()) {
            RegistryPath file = new RegistryPath.PolicyFile(policy.name());
            policy.appliesTo().stages().stream()
                    .filter(stage -> !registry.has(stage))
                    .forEach(stage -> stage(written.place(file, "appliesTo", "stages", stage.name()), stage));
            policy.rules().forEach(rule -> check(policy, rule));
        }
        policies.waivers().forEach(this::check);
        return findings;
    }

    private void check(Policy policy, Rule rule) {
        if (rule.requirement() instanceof ApprovalsRequirement approvals) {
            approvals.role().ifPresent(role -> role(rule, role, approvals.count()));
        } else if (rule.requirement() instanceof PathRequirement path && stage(rule.place(), path.stage())) {
            policy.appliesTo().stages().stream()
                    .filter(stage -> registry.has(stage)
                            && registry.stages().indexOf(path.stage())
                                    >= registry.stages().indexOf(stage))
                    .forEach(stage -> findings.add(Finding.block(
                            "policy/path-order",
                            rule.place(),
                            "The rule " + rule.id() + " asks for " + path.stage() + ", which is not before " + stage
                                    + ": nothing could ever meet it.",
                            "Name a stage before " + stage + ".")));
        }
    }

    private void role(Rule rule, String role, int count) {
        Set<String> known = new TreeSet<>(registry.governance().roles().keySet());
        known.addAll(registry.governance().teams().keySet());
        if (!known.contains(role)) {
            findings.add(Finding.block(
                    "policy/unknown-role",
                    rule.place(),
                    "The rule " + rule.id() + " asks for the role " + role + ", which registry.yaml does not have"
                            + didYouMean(role, known),
                    "Add the role to registry.yaml first."));
            return;
        }
        List<UserId> people = registry.holders(role).stream()
                .filter(user -> !registry.isBot(user))
                .toList();
        if (people.size() < count && registry.governance().teams(role).isEmpty()) {
            findings.add(Finding.warn(
                    "policy/too-few",
                    rule.place(),
                    "The rule " + rule.id() + " asks for " + count + " of " + role + ", which " + people.size()
                            + " have.",
                    "Give more people the role: an author's own approval does not count either."));
        }
    }

    private boolean stage(Place place, Stage stage) {
        if (registry.has(stage)) {
            return true;
        }
        List<String> known = registry.stages().stream().map(Stage::name).toList();
        findings.add(Finding.block(
                "policy/unknown-stage",
                place,
                "There is no stage " + stage + didYouMean(stage.name(), known),
                "Known are: " + String.join(", ", known) + "."));
        return false;
    }

    private void check(Waiver waiver) {
        RegistryPath file = new RegistryPath.WaiverFile(waiver.id());
        String name = waiver.rule().policy() + "/" + waiver.rule().rule();
        Optional<Policy> policy = policies.policy(waiver.rule().policy());
        Optional<Rule> rule = policy.flatMap(each -> each.rule(waiver.rule().rule()));
        if (rule.isEmpty()) {
            refuse(
                    "unknown-rule",
                    written.place(file, policy.isEmpty() ? "policy" : "rule"),
                    "There is no rule " + name + ".",
                    "Name a rule that is there.");
        } else if (!rule.get().waivable()) {
            refuse(
                    "not-waivable",
                    written.place(file, "rule"),
                    "The rule " + name + " cannot be waived.",
                    "Meet the rule, or propose to change the policy.");
        } else if (!policy.get().appliesTo().stages().contains(waiver.stage())) {
            refuse(
                    "unknown-stage",
                    written.place(file, "stage"),
                    "The policy " + waiver.rule().policy() + " asks for nothing in " + waiver.stage() + ".",
                    "Name one of its stages: " + policy.get().appliesTo().stages() + ".");
        }
        if (snapshot.entry(new RegistryPath.ModelFile(waiver.model()).path()).isEmpty()) {
            findings.add(Finding.warn(
                    "policy/unknown-model",
                    written.place(file, "model"),
                    "There is no model " + waiver.model() + ".",
                    "Name a model that is there; for one that comes later a waiver can wait."));
        }
    }

    private void refuse(String rule, Place place, String message, String remedy) {
        findings.add(Finding.block("policy/" + rule, place, message, remedy));
    }

    private static String didYouMean(String word, Collection<String> known) {
        return Suggestion.nearest(word, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse(".");
    }
}
