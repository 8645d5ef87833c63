package io.modelgate.importer;

import io.modelgate.evidence.MetricStatus;
import io.modelgate.evidence.MetricValue;
import io.modelgate.manifest.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the facets of Clarify's bias tables into a flat list. */
final class ClarifyFacets {
    /**
     * One metric of one facet: a group compared with everybody else.
     *
     * @param attribute the attribute
     * @param group the group
     * @param afterTraining whether it is about predictions
     * @param name Clarify's name of it
     * @param written what Clarify wrote, null too
     * @param error why there is no value
     */
    record Bias(
            String attribute, String group, boolean afterTraining, String name, Node written, Optional<String> error) {
        /** Clarify's value. */
        MetricValue value() {
            return Trees.value(written, error.isPresent() ? MetricStatus.ERROR : MetricStatus.NOT_COMPUTED);
        }
    }

    private final Notes notes;
    private final ImportContext context;
    private final List<Bias> all = new ArrayList<>();

    private ClarifyFacets(Notes notes, ImportContext context) {
        this.notes = notes;
        this.context = context;
    }

    /** Every metric of the file; what is wrong is noted. */
    static List<Bias> read(Node.Mapping file, ImportContext context, Notes notes) {
        ClarifyFacets facets = new ClarifyFacets(notes, context);
        Trees.mapping(file, "pre_training_bias_metrics").ifPresent(each -> facets.table(each, false));
        Trees.mapping(file, "post_training_bias_metrics").ifPresent(each -> facets.table(each, true));
        facets.table(file, true);
        return facets.all;
    }

    private void table(Node.Mapping table, boolean afterTraining) {
        Trees.mapping(table, "facets")
                .ifPresent(facets -> facets.entries().forEach((name, node) -> {
                    Trees.text(node)
                            .ifPresent(each -> notes.refuse(
                                    "tool-failed",
                                    node.place(),
                                    "Clarify failed: " + each,
                                    "Mend what it says, and measure again."));
                    List<Node.Mapping> items = Trees.mappings(node);
                    if (items.stream().anyMatch(each -> each.get("metrics").isPresent())) {
                        items.forEach(each -> facet(name, each, afterTraining));
                    } else {
                        single(name, items, afterTraining);
                    }
                }));
    }

    private void facet(String attribute, Node.Mapping facet, boolean afterTraining) {
        Optional<String> group = Trees.text(facet, "value_or_threshold");
        if (group.isEmpty() || attribute.isBlank()) {
            notes.refuse("groups", facet.place(), "a facet has no name or no value", "Measure again with both.");
            return;
        }
        Trees.mappings(facet, "metrics").forEach(each -> metric(attribute, group.get(), each, afterTraining));
    }

    /** The library inside Clarify has no attribute: its facets are groups of the one that the user names. */
    private void single(String group, List<Node.Mapping> metrics, boolean afterTraining) {
        Optional<Grouping> grouping = context.population().single();
        if (metrics.isEmpty()) {
            return;
        }
        if (grouping.isEmpty()) {
            notes.missing("which attribute " + group + " is a group of", "--reference <attribute>=<group>");
            return;
        }
        metrics.forEach(each -> metric(grouping.get().attribute(), group, each, afterTraining));
    }

    private void metric(String attribute, String group, Node.Mapping metric, boolean afterTraining) {
        Optional<String> name = Trees.text(metric, "name");
        Optional<Node> value = metric.get("value");
        if (name.isPresent() && value.isPresent()) {
            all.add(new Bias(attribute, group, afterTraining, name.get(), value.get(), Trees.text(metric, "error")));
        }
    }
}
