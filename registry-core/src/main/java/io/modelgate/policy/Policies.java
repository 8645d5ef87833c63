package io.modelgate.policy;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All policies and waivers of one commit.
 *
 * @param policies by name
 * @param waivers by id
 * @param digest of everything that decides: registry.yaml, policies and waivers
 */
public record Policies(List<Policy> policies, List<Waiver> waivers, Digest digest) {
    public Policies {
        policies = List.copyOf(policies);
        waivers = List.copyOf(waivers);
    }

    /** A rule and the policy that has it. */
    public record Applicable(Policy policy, Rule rule) {}

    /** Reads what was checked before it was merged. */
    public static Checked<Policies> in(Snapshot snapshot) {
        return read(snapshot, Policy::readTrusted, Waiver::readTrusted);
    }

    /** Reads and fully checks a change of policies, together with what they name in the registry. */
    public static Checked<Policies> check(Snapshot snapshot, RegistryConfig registry) {
        return read(snapshot, Policy::read, Waiver::read)
                .then(policies -> Checked.of(policies, policies.unknownNames(registry)));
    }

    private static Checked<Policies> read(
            Snapshot snapshot,
            Function<SourceFile, Checked<Policy>> readPolicy,
            Function<SourceFile, Checked<Waiver>> readWaiver) {
        List<Finding> findings = new ArrayList<>();
        StringBuilder decided = new StringBuilder();
        snapshot.entry("registry.yaml").ifPresent(entry -> remember(decided, entry));
        List<Policy> policies = read(
                snapshot,
                "policies",
                decided,
                findings,
                (path, file) -> path instanceof RegistryPath.PolicyFile
                        ? Optional.of(readPolicy.apply(file))
                        : Optional.empty());
        List<Waiver> waivers = read(
                snapshot,
                "waivers",
                decided,
                findings,
                (path, file) -> path instanceof RegistryPath.WaiverFile
                        ? Optional.of(readWaiver.apply(file))
                        : Optional.empty());
        return Checked.of(new Policies(policies, waivers, Digest.of(decided.toString())), findings);
    }

    private static <T> List<T> read(
            Snapshot snapshot,
            String folder,
            StringBuilder decided,
            List<Finding> findings,
            BiFunction<RegistryPath, SourceFile, Optional<Checked<T>>> reader) {
        List<T> values = new ArrayList<>();
        for (TreeEntry entry : snapshot.list(folder)) {
            RegistryPath path = RegistryPath.of(entry.path());
            Optional<SourceFile> file = snapshot.read(entry.path());
            Optional<Checked<T>> read = file.flatMap(present -> reader.apply(path, present));
            read.ifPresent(checked -> {
                remember(decided, entry);
                checked.value().ifPresent(values::add);
                findings.addAll(checked.findings());
            });
        }
        return values;
    }

    /** Path and Git object id name the bytes; the digest over all of them is the identity of what decides. */
    private static void remember(StringBuilder decided, TreeEntry entry) {
        decided.append(entry.path()).append('\0').append(entry.id().hex()).append('\n');
    }

    /** The rules that hold for a model in a stage; several policies add up. */
    public List<Applicable> applying(Stage stage, Model model) {
        return policies.stream()
                .filter(policy -> policy.appliesTo().matches(stage, model))
                .flatMap(policy -> policy.rules().stream().map(rule -> new Applicable(policy, rule)))
                .toList();
    }

    /** Judges the rules that hold for the version of the context in its stage, as far as they are wanted. */
    public List<RuleResult> judge(JudgeContext context, Predicate<Rule> wanted) {
        return applying(context.stage(), context.evidence().model()).stream()
                .filter(each -> wanted.test(each.rule()))
                .map(each -> new RuleJudge(waivers, context).judge(each.policy(), each.rule()))
                .toList();
    }

    /** The policy of a name. */
    public Optional<Policy> policy(String name) {
        return policies.stream().filter(policy -> policy.name().equals(name)).findFirst();
    }

    private List<Finding> unknownNames(RegistryConfig registry) {
        List<Finding> findings = new ArrayList<>();
        for (Policy policy : policies) {
            Place place = Place.file(new RegistryPath.PolicyFile(policy.name()).path());
            policy.appliesTo().stages().stream()
                    .filter(stage -> !registry.has(stage))
                    .forEach(stage -> findings.add(unknownStage(place, stage, registry)));
            for (Rule rule : policy.rules()) {
                unknownNames(rule, registry).ifPresent(findings::add);
            }
        }
        for (Waiver waiver : waivers) {
            unknownRule(waiver).ifPresent(findings::add);
        }
        return findings;
    }

    private static Optional<Finding> unknownNames(Rule rule, RegistryConfig registry) {
        if (rule.requirement() instanceof ApprovalsRequirement approvals) {
            return approvals
                    .role()
                    .filter(role -> !registry.governance().roles().containsKey(role))
                    .map(role -> Finding.block(
                            "policy/unknown-role",
                            rule.place(),
                            "The rule " + rule.id() + " asks for the role " + role
                                    + ", which registry.yaml does not have.",
                            "Add the role to registry.yaml first."));
        }
        if (rule.requirement() instanceof PathRequirement path && !registry.has(path.stage())) {
            return Optional.of(unknownStage(rule.place(), path.stage(), registry));
        }
        return Optional.empty();
    }

    private static Finding unknownStage(Place place, Stage stage, RegistryConfig registry) {
        List<String> known = registry.stages().stream().map(Stage::name).toList();
        return Finding.block(
                "policy/unknown-stage",
                place,
                "There is no stage " + stage
                        + Suggestion.nearest(stage.name(), known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""),
                "Known are: " + String.join(", ", known) + ".");
    }

    private Optional<Finding> unknownRule(Waiver waiver) {
        Place place = Place.file(new RegistryPath.WaiverFile(waiver.id()).path());
        Optional<Rule> rule = policy(waiver.rule().policy())
                .flatMap(policy -> policy.rule(waiver.rule().rule()));
        if (rule.isEmpty()) {
            return Optional.of(Finding.block(
                    "policy/unknown-rule",
                    place,
                    "There is no rule " + waiver.rule().rule() + " in a policy "
                            + waiver.rule().policy() + ".",
                    "Name a rule that is there."));
        }
        return rule.get().waivable()
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "policy/not-waivable",
                        place,
                        "The rule " + waiver.rule().policy() + "/"
                                + waiver.rule().rule() + " cannot be waived.",
                        "Meet the rule, or propose to change the policy."));
    }
}
