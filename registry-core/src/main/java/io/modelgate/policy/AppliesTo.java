package io.modelgate.policy;

import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.RiskTier;
import io.modelgate.manifest.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * For which versions a policy holds; every part that says something must match.
 *
 * @param stages for promotion to these
 * @param models globs of model names, where {@code *} stands for any part of a namespace or of a name
 * @param riskTiers for models of these tiers
 * @param labels for models with all of these labels
 */
public record AppliesTo(List<Stage> stages, List<String> models, List<RiskTier> riskTiers, Map<String, String> labels) {
    public AppliesTo {
        stages = List.copyOf(stages);
        models = List.copyOf(models);
        riskTiers = List.copyOf(riskTiers);
        labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    static AppliesTo of(Fields fields) {
        return new AppliesTo(
                fields.parsedList("stages", Stage::new),
                fields.parsedList("models", AppliesTo::glob),
                fields.parsedList("riskTiers", RiskTier::parse),
                fields.textMap("labels"));
    }

    /** Whether it holds for this model in this stage. */
    public boolean matches(Stage stage, Model model) {
        return stages.contains(stage)
                && (models.isEmpty() || models.stream().anyMatch(model.name()::matches))
                && (riskTiers.isEmpty() || riskTiers.contains(model.riskTier()))
                && labels.entrySet().stream()
                        .allMatch(
                                label -> label.getValue().equals(model.labels().get(label.getKey())));
    }

    /** Each part that says something, and whether it matches, for people. */
    public List<Part> parts(Stage stage, Model model) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("stages " + join(stages), stages.contains(stage), "it is " + stage));
        if (!models.isEmpty()) {
            parts.add(new Part(
                    "models " + join(models),
                    models.stream().anyMatch(model.name()::matches),
                    "it is " + model.name()));
        }
        if (!riskTiers.isEmpty()) {
            parts.add(new Part(
                    "risk tiers " + riskTiers.stream().map(RiskTier::word).collect(Collectors.joining(", ")),
                    riskTiers.contains(model.riskTier()),
                    "it is " + model.riskTier().word()));
        }
        labels.forEach((key, value) -> {
            String actual = model.labels().get(key);
            parts.add(new Part(
                    "label " + key + ": " + value,
                    value.equals(actual),
                    actual == null ? "the model has no such label" : "it is " + actual));
        });
        return parts;
    }

    /**
     * A part of what a policy applies to.
     *
     * @param words what it says
     * @param matches whether it matches
     * @param actual what is the case
     */
    public record Part(String words, boolean matches, String actual) {}

    private static String join(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String glob(String text) {
        if (!text.matches("[a-z0-9*-]{1,80}/[a-z0-9*-]{1,80}")
                || text.chars().filter(c -> c == '*').count() > 4) {
            throw new IllegalArgumentException("'" + text + "' is no pattern of model names: write credit/* or */*");
        }
        return text;
    }
}
