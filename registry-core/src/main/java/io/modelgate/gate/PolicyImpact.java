package io.modelgate.gate;

import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.StageHistory;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.ArtifactFormats;
import io.modelgate.policy.JudgeContext;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.Policies;
import io.modelgate.policy.RuleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What changed policies would say of the versions that are live. Rules about moving a version (approvals, the way through
 * stages, freezes) are not asked. Its cost follows the number of live versions that the changed policies apply to.
 */
public final class PolicyImpact {
    private static final int SMALLEST_PART = 50;

    private final Snapshot registry;
    private final RegistryConfig config;
    private final JudgeContext.Occasion occasion;
    private final JudgeContext.ReviewState review;

    /**
     * @param registry what is live
     * @param config registry.yaml of it
     * @param occasion the time of the judgement
     * @param review a review in which nobody said anything
     */
    public PolicyImpact(
            Snapshot registry, RegistryConfig config, JudgeContext.Occasion occasion, JudgeContext.ReviewState review) {
        this.registry = registry;
        this.config = config;
        this.occasion = occasion;
        this.review = review;
    }

    /**
     * One rule of one live version.
     *
     * @param stage the stage
     * @param version the version in it
     * @param rule policy and rule
     * @param before what the present policies say; empty for a new rule
     * @param after what the changed policies say; empty for a rule that is gone
     */
    public record Effect(
            Stage stage, VersionId version, String rule, Optional<RuleResult> before, Optional<RuleResult> after) {
        /** Whether the change makes it fail. */
        public boolean breaks() {
            return fails(after) && !fails(before);
        }

        /** Whether the change lets it pass that failed. */
        public boolean mends() {
            return fails(before) && !fails(after);
        }

        /** What the changed rule says is missing, each thing once. */
        public List<String> reasons() {
            return after.stream()
                    .flatMap(result -> result.findings().stream().map(Finding::message))
                    .distinct()
                    .toList();
        }

        private static boolean fails(Optional<RuleResult> result) {
            return result.filter(each -> each.outcome() == Outcome.FAIL).isPresent();
        }
    }

    /**
     * The answer.
     *
     * @param policies the names of the policies that differ
     * @param live how many live versions they apply to
     * @param effects the rules that end otherwise, or fail in both, by stage and version
     * @param unreadable what could not be judged
     */
    public record Impact(List<String> policies, int live, List<Effect> effects, List<Finding> unreadable) {
        public Impact {
            policies = List.copyOf(policies);
            effects = List.copyOf(effects);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** Compares the policies of the registry with changed ones. */
    public Impact of(Policies before, Policies after) {
        List<String> changed = changed(before, after);
        Policies old = before.only(changed);
        Policies young = after.only(changed);
        List<Answer> answers = inParallel(pointers(old, young), old, young);
        return new Impact(
                changed,
                answers.size(),
                answers.stream().flatMap(each -> each.effects().stream()).toList(),
                answers.stream().flatMap(each -> each.unreadable().stream()).toList());
    }

    /** One part of the stage pointers for each processor, in order; each reads through a snapshot of its own. */
    private List<Answer> inParallel(List<RegistryPath.PointerFile> pointers, Policies before, Policies after) {
        int parts = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), pointers.size() / SMALLEST_PART));
        return IntStream.range(0, parts)
                .mapToObj(
                        part -> pointers.subList(part * pointers.size() / parts, (part + 1) * pointers.size() / parts))
                .toList()
                .parallelStream()
                .flatMap(part -> {
                    PolicyImpact own = new PolicyImpact(registry.forAnotherThread(), config, occasion, review);
                    return part.stream()
                            .flatMap(each -> own.live(each, before, after).stream())
                            .map(each -> own.judge(each, before, after));
                })
                .toList();
    }

    private record Live(Stage stage, VersionId version) {}

    private record Answer(List<Effect> effects, List<Finding> unreadable) {}

    private static List<String> changed(Policies before, Policies after) {
        TreeSet<String> names = new TreeSet<>();
        before.policies().forEach(policy -> names.add(policy.name()));
        after.policies().forEach(policy -> names.add(policy.name()));
        return names.stream()
                .filter(name -> before.waiversChange(name, after)
                        || !before.policy(name).equals(after.policy(name)))
                .toList();
    }

    private List<RegistryPath.PointerFile> pointers(Policies before, Policies after) {
        List<RegistryPath.PointerFile> pointers = new ArrayList<>();
        for (Stage stage : config.stages()) {
            if (before.concern(stage) || after.concern(stage)) {
                for (TreeEntry entry : registry.files("stages/" + stage)) {
                    if (RegistryPath.of(entry.path()) instanceof RegistryPath.PointerFile pointer) {
                        pointers.add(pointer);
                    }
                }
            }
        }
        return pointers;
    }

    /** What a stage pointer says is live, if a policy concerns the model. */
    private Optional<Live> live(RegistryPath.PointerFile pointer, Policies before, Policies after) {
        Stage stage = pointer.stage();
        boolean concerned = model(pointer.model())
                .filter(each -> !before.applying(stage, each).isEmpty()
                        || !after.applying(stage, each).isEmpty())
                .isPresent();
        return concerned
                ? registry.read(pointer.path())
                        .flatMap(file -> StagePointer.readTrusted(file).value())
                        .map(read -> new Live(stage, read.version()))
                : Optional.empty();
    }

    private Optional<Model> model(ModelName name) {
        return registry.read(new RegistryPath.ModelFile(name).path())
                .flatMap(file -> Model.readTrusted(file).value());
    }

    private Answer judge(Live live, Policies before, Policies after) {
        Checked<Evidence> evidence = Evidence.readTrusted(registry, live.version());
        if (!evidence.ok()) {
            return new Answer(List.of(), evidence.findings());
        }
        JudgeContext context = new JudgeContext(
                evidence.get(),
                Optional.empty(),
                live.stage(),
                occasion,
                review,
                config,
                GateContext.around(registry, StageHistory.NONE, ArtifactFormats.DECLARED));
        Map<String, RuleResult> old = results(before, context);
        Map<String, RuleResult> young = results(after, context);
        TreeSet<String> ids = new TreeSet<>(old.keySet());
        ids.addAll(young.keySet());
        List<Effect> effects = ids.stream()
                .map(id -> new Effect(
                        live.stage(),
                        live.version(),
                        id,
                        Optional.ofNullable(old.get(id)),
                        Optional.ofNullable(young.get(id))))
                .filter(PolicyImpact::isWorthSaying)
                .toList();
        return new Answer(effects, List.of());
    }

    private static boolean isWorthSaying(Effect effect) {
        Optional<Outcome> before = effect.before().map(RuleResult::outcome);
        Optional<Outcome> after = effect.after().map(RuleResult::outcome);
        boolean passesNew =
                before.isEmpty() && after.filter(Outcome.PASS::equals).isPresent();
        boolean passedGone =
                after.isEmpty() && before.filter(Outcome.PASS::equals).isPresent();
        return !passesNew
                && !passedGone
                && (!before.equals(after) || after.filter(Outcome.FAIL::equals).isPresent());
    }

    private static Map<String, RuleResult> results(Policies policies, JudgeContext context) {
        return policies.judge(context, rule -> rule.requirement().isAboutVersion()).stream()
                .collect(Collectors.toMap(RuleResult::id, Function.identity(), (one, two) -> one, TreeMap::new));
    }
}
