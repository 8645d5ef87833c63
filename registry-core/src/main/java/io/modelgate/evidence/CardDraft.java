package io.modelgate.evidence;

import io.modelgate.finding.Text;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Explainability;
import io.modelgate.manifest.Lineage;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.VersionFacts;
import io.modelgate.manifest.YamlWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A model card filled from what is known. What only people know is marked with TODO, which the gate refuses until somebody wrote
 * it.
 */
public final class CardDraft {
    private static final List<String> USUAL = List.of(
            "Intended use", "Out of scope", "Training data", "Evaluation", "Fairness", "Explainability", "Limitations");

    private static final String LICENCE = "license";

    private final Optional<Model> model;
    private final VersionFacts facts;
    private final List<Evaluation> evaluations;
    private final List<FairnessReport> fairness;

    /**
     * @param model what the model is for
     * @param facts what the training job knows
     * @param evaluations how well it did
     * @param fairness how it treats groups
     */
    public CardDraft(
            Optional<Model> model, VersionFacts facts, List<Evaluation> evaluations, List<FairnessReport> fairness) {
        this.model = model;
        this.facts = facts;
        this.evaluations = List.copyOf(evaluations);
        this.fairness = List.copyOf(fairness);
    }

    /** The card as Markdown, with the usual sections and what is needed beside them. */
    public String text(String title, CardNeeds needs) {
        Map<String, String> sections = new LinkedHashMap<>();
        USUAL.forEach(name -> sections.put(name, section(name)));
        Set<String> known = USUAL.stream().map(CardDraft::folded).collect(Collectors.toSet());
        new TreeSet<>(needs.sections())
                .stream()
                        .filter(name -> !known.contains(folded(name)))
                        .forEach(name -> sections.put(name, "TODO: write what belongs here."));
        StringBuilder card = new StringBuilder("---\n")
                .append(YamlWriter.write(frontMatter(needs.frontMatter())))
                .append("---\n# ")
                .append(plain(title))
                .append("\n\n");
        facts.description().ifPresent(what -> card.append(plain(what)).append("\n\n"));
        sections.forEach((name, text) ->
                card.append("## ").append(name).append("\n").append(text).append("\n\n"));
        return card.toString().stripTrailing() + "\n";
    }

    private Node.Mapping frontMatter(Set<String> keys) {
        MappingBuilder fields = new MappingBuilder();
        fields.text(
                LICENCE,
                model.flatMap(Model::licence)
                        .map(licence -> licence.toLowerCase(Locale.ROOT))
                        .orElse("TODO"));
        new TreeSet<>(keys).stream().filter(key -> !key.equals(LICENCE)).forEach(key -> fields.text(key, "TODO"));
        return fields.build();
    }

    private static String folded(String title) {
        return title.strip().toLowerCase(Locale.ROOT);
    }

    private String section(String name) {
        return switch (name) {
            case "Intended use" ->
                model.map(each -> plain(each.purpose())).orElse("TODO: who uses its answers, for what.");
            case "Out of scope" -> "TODO: what its answers must not be used for, and for whom it was not made.";
            case "Training data" -> trainingData();
            case "Evaluation" -> evaluations.isEmpty() ? "TODO: how well it does, on which data." : metrics();
            case "Fairness" ->
                fairness.isEmpty() ? "TODO: how it treats groups of people; or why it is not about people." : groups();
            case "Explainability" -> explanations();
            default -> "TODO: where it is weak, and what a user must watch.";
        };
    }

    private String trainingData() {
        List<Dataset> data = facts.lineage().map(Lineage::datasets).orElse(List.of());
        String known = data.stream()
                .filter(each -> each.role() != DatasetRole.TEST && each.role() != DatasetRole.PRODUCTION)
                .map(each -> "* " + plain(each.name()) + " (" + each.role().word()
                        + each.rows().map(rows -> ", " + rows + " rows").orElse("") + ")\n")
                .collect(Collectors.joining());
        return known + (known.isEmpty() ? "" : "\n")
                + "TODO: where the data come from, whom they describe and whom not.";
    }

    /** Several evaluations on the same data say the same of a metric: it stands once. */
    private String metrics() {
        Set<String> rows = new LinkedHashSet<>();
        for (Evaluation evaluation : evaluations) {
            String data = plain(evaluation.measurement().dataset().name());
            evaluation
                    .metrics()
                    .forEach(metric -> rows.add(
                            "| " + plain(metric.label()) + " | " + shown(metric.value()) + " | " + data + " |"));
        }
        return "| metric | value | data |\n|---|---|---|\n" + String.join("\n", rows);
    }

    /** Several reports on the same data tell of the same group: it stands once, with its rate where one of them knows it. */
    private String groups() {
        Map<List<String>, String> rows = new LinkedHashMap<>();
        for (boolean counted : new boolean[] {true, false}) {
            for (FairnessReport report : fairness) {
                String data = report.measurement().dataset().name();
                report.attributes()
                        .forEach(attribute -> attribute.groups().stream()
                                .filter(group -> group.counts().isPresent() == counted)
                                .forEach(group -> rows.putIfAbsent(
                                        List.of(attribute.name(), group.name(), data), row(attribute, group, data))));
            }
        }
        return "| attribute | group | n | selection rate | data |\n|---|---|---|---|---|\n"
                + String.join("\n", rows.values()) + "\n\nTODO: what the differences between the groups mean.";
    }

    private static String row(Attribute attribute, Group group, String data) {
        return "| " + plain(attribute.name()) + " | " + plain(group.name()) + " | " + Numbers.text(group.n()) + " | "
                + group.counts()
                        .map(Rate.SELECTION_RATE::value)
                        .map(CardDraft::shown)
                        .orElse("") + " | " + plain(data) + " |";
    }

    /** Four digits are what people read; the reports have them all. */
    private static String shown(MetricValue value) {
        return value.ok()
                ? BigDecimal.valueOf(value.number().getAsDouble())
                        .round(new MathContext(4))
                        .toPlainString()
                : value.toString();
    }

    private String explanations() {
        if (facts.explainability().isEmpty()) {
            return "TODO: how an answer can be explained.";
        }
        return facts.explainability().stream().map(CardDraft::explanation).collect(Collectors.joining("\n"));
    }

    private static String explanation(Explainability each) {
        String scope = each.scope() == Explainability.Scope.GLOBAL ? "The whole model: " : "One answer: ";
        String most = each.values().features().stream()
                .limit(5)
                .map(feature -> plain(feature.name()))
                .collect(Collectors.joining(", "));
        return "* " + scope + plain(each.method())
                + each.description()
                        .or(each::how)
                        .map(text -> ". " + plain(text))
                        .orElse(most.isEmpty() ? "" : ".")
                + (most.isEmpty() ? "" : " What matters most: " + most + ".");
    }

    /** On one line, and nothing that Markdown or HTML reads something into. */
    private static String plain(String text) {
        return Text.printable(text.strip().replace('\n', ' '))
                .replace("|", "/")
                .replace("<", "(")
                .replace(">", ")")
                .replace("[", "(")
                .replace("]", ")");
    }
}
