package io.modelgate.policy;

import io.modelgate.evidence.Evidence;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.Stage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What policies say of a version's signature, apart from everything else. */
public final class SignatureCheck {
    private SignatureCheck() {}

    /** Judges by the signature rules of these stages, each rule once. */
    public static List<RuleResult> judge(
            Policies policies, RegistryConfig registry, List<Stage> stages, Evidence evidence, Instant now) {
        Circumstances alone = Circumstances.NONE;
        Map<String, RuleResult> results = new LinkedHashMap<>();
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
                    .forEach(result -> results.putIfAbsent(result.id(), result));
        }
        return List.copyOf(results.values());
    }
}
