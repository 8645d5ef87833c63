package io.modelgate.importer;

import io.modelgate.evidence.FairnessReport;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SageMaker Clarify: analysis.json with bias before and after training, and global SHAP values. */
final class ClarifyImporter implements ToolImporter {
    private static final List<String> SECTIONS =
            List.of("post_training_bias_metrics", "pre_training_bias_metrics", "explanations", "smclarify");

    @Override
    public ImportTool tool() {
        return ImportTool.CLARIFY;
    }

    @Override
    public String layout() {
        return "a JSON object with 'pre_training_bias_metrics', 'post_training_bias_metrics' or 'explanations'";
    }

    @Override
    public boolean recognises(Source source) {
        return source.object()
                .filter(each -> SECTIONS.stream().anyMatch(key -> each.get(key).isPresent()))
                .isPresent();
    }

    @Override
    public Checked<Imported> read(Source source, ImportContext context) {
        Notes notes = new Notes(source.place());
        Node.Mapping file = source.object().orElseThrow();
        Optional<Explanation> explanation =
                Trees.mapping(file, "explanations").flatMap(each -> ClarifyShap.read(each, notes));
        Optional<FairnessReport> report =
                hasBias(file) ? new Bias(notes, source.place(), context).read(file) : Optional.empty();
        return notes.result(report, List.of(), explanation);
    }

    private static boolean hasBias(Node.Mapping file) {
        return SECTIONS.stream()
                .filter(each -> !each.equals("explanations"))
                .anyMatch(each -> file.get(each).isPresent());
    }

    /** The bias metrics of one file. */
    private record Bias(Notes notes, Place place, ImportContext context) {
        Optional<FairnessReport> read(Node.Mapping file) {
            Optional<String> version =
                    Trees.text(file, "smclarify").or(context::toolVersion).or(() -> Trees.text(file, "version"));
            ReportDraft draft = new ReportDraft(context, notes, place, "sagemaker-clarify", version);
            draft.ignoresWeights();
            draft.favourable(label(file));
            Map<String, List<ClarifyFacets.Bias>> byAttribute = new LinkedHashMap<>();
            for (ClarifyFacets.Bias each : ClarifyFacets.read(file, context, notes)) {
                byAttribute
                        .computeIfAbsent(each.attribute(), key -> new ArrayList<>())
                        .add(each);
            }
            long groups = byAttribute.values().stream()
                    .mapToLong(facets -> facets.stream()
                            .map(ClarifyFacets.Bias::group)
                            .distinct()
                            .count())
                    .sum();
            if (!notes.refused() && !notes.tooMany(groups)) {
                byAttribute.forEach((attribute, facets) -> attribute(draft, attribute, facets));
                drop(byAttribute);
            }
            return draft.build();
        }

        private void attribute(ReportDraft draft, String name, List<ClarifyFacets.Bias> facets) {
            AttributeDraft attribute = draft.attribute(new ClarifySizes(notes, place, context, name).of(facets));
            if (!attribute.hasCounts()) {
                notes.note(
                        "no-counts",
                        place,
                        "Clarify gives no counts, and takes a rate of 0/0 as 0: its metrics of " + name
                                + " can only be believed");
            }
            for (ClarifyFacets.Bias each : facets) {
                ClarifyNames.meaning(each.name(), each.afterTraining()).ifPresent(meaning -> {
                    draft.value(Told.of(
                            meaning.metric(),
                            attribute.againstTheRest(Set.of(each.group())),
                            each.name(),
                            each.written(),
                            meaning.ours(each.value()),
                            meaning.conversion()));
                    each.error()
                            .ifPresent(why -> notes.note(
                                    "tool-failed",
                                    each.written().place(),
                                    "Clarify has no " + each.name() + ": " + why));
                });
            }
        }

        private void drop(Map<String, List<ClarifyFacets.Bias>> byAttribute) {
            Set<String> reasons = new LinkedHashSet<>();
            byAttribute
                    .values()
                    .forEach(facets -> facets.stream()
                            .filter(each -> ClarifyNames.meaning(each.name(), each.afterTraining())
                                    .isEmpty())
                            .filter(each -> reasons.add(each.name() + each.afterTraining()))
                            .forEach(each -> notes.drop(
                                    each.name(),
                                    each.afterTraining()
                                            ? "we have no metric of this meaning"
                                            : "it is about the data, before any model")));
        }

        private static Optional<String> label(Node.Mapping file) {
            return List.of("post_training_bias_metrics", "pre_training_bias_metrics").stream()
                    .flatMap(each -> Trees.mapping(file, each).stream())
                    .flatMap(each -> Trees.text(each, "label_value_or_threshold").stream())
                    .findFirst()
                    .or(() -> Trees.text(file, "label_value_or_threshold"));
        }
    }
}
