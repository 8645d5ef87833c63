package io.modelgate.policy;

import io.modelgate.evidence.Evidence;
import io.modelgate.finding.Finding;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a signature rule says of a version, apart from everything else.
 *
 * @param rule how it was judged
 * @param stages for which of the stages; another one may have a waiver
 */
public record SignatureCheck(RuleResult rule, List<Stage> stages) {
    public SignatureCheck {
        stages = List.copyOf(stages);
    }

    /** Judges by the signature rules of these stages. */
    public static List<SignatureCheck> judge(
            Policies policies, RegistryConfig registry, List<Stage> stages, Evidence evidence, Instant now) {
        Circumstances alone = Circumstances.NONE;
        Map<RuleResult, List<Stage>> results = new LinkedHashMap<>();
        for (Stage stage : stages) {
            JudgeContext context = new JudgeContext(
                    evidence,
                    Optional.empty(),
                    stage,
                    new JudgeContext.Occasion(now, alone.reason()),
                    alone.review(),
                    registry,
                    alone.around(evidence));
            policies.judge(context, rule -> rule.requirement() instanceof SignatureRequirement)
                    .forEach(result -> results.computeIfAbsent(result, first -> new ArrayList<>())
                            .add(stage));
        }
        List<SignatureCheck> checks = new ArrayList<>();
        results.forEach((rule, asking) -> checks.add(new SignatureCheck(rule, asking)));
        return checks;
    }

    /** What is missing, named like the rule that misses it: several may ask for a signature, each another one. */
    public List<Finding> findings() {
        return named(rule);
    }

    /** What a rule misses, its name in brackets before each sentence. */
    public static List<Finding> named(RuleResult rule) {
        return rule.findings().stream()
                .map(each -> new Finding(
                        each.severity(),
                        each.rule(),
                        each.place(),
                        "[" + rule.id() + "] " + each.message(),
                        each.remedy()))
                .toList();
    }
}
