package io.modelgate.policy;

import io.modelgate.manifest.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The table of requirements: the key in a rule and what reads it. */
final class Requirements {
    private static final Map<String, Function<Fields, Optional<? extends Requirement>>> READERS = new LinkedHashMap<>();

    static {
        READERS.put("metric", MetricRequirement::of);
        READERS.put("fairness", FairnessRequirement::of);
        READERS.put("card", CardRequirement::of);
        READERS.put("approvals", ApprovalsRequirement::of);
        READERS.put("path", PathRequirement::of);
        READERS.put("freshness", FreshnessRequirement::of);
        READERS.put("freeze", FreezeRequirement::of);
        READERS.put("explainability", ExplainabilityRequirement::of);
        READERS.put("formats", FormatsRequirement::of);
        READERS.put("lineage", LineageRequirement::of);
        READERS.put("signature", SignatureRequirement::of);
        READERS.put("schema", SchemaRequirement::of);
    }

    private Requirements() {}

    static Optional<Requirement> read(Fields rule) {
        List<String> present = READERS.keySet().stream().filter(rule::has).toList();
        if (present.size() != 1) {
            String said = present.isEmpty() ? "says not what it asks for" : "asks for several things: " + present;
            rule.refuse(
                    present.isEmpty() ? "id" : present.get(1),
                    "The rule " + said + ".",
                    "Write exactly one of " + String.join(", ", READERS.keySet()) + ".");
            return Optional.empty();
        }
        String key = present.get(0);
        return Optional.ofNullable(READERS.get(key))
                .flatMap(reader -> reader.apply(rule.child(key)))
                .map(Requirement.class::cast);
    }
}
