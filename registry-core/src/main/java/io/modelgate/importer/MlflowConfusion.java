package io.modelgate.importer;

import io.modelgate.finding.Place;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How MLflow's evaluator counts the answers of a model of two classes. It calls its positive class 1 unless it is told otherwise.
 *
 * @param counts as many as there are names, in their order
 * @param place where the first stands
 */
record MlflowConfusion(List<Long> counts, Place place) {
    static final List<String> NAMES = List.of("true_negatives", "false_positives", "false_negatives", "true_positives");

    MlflowConfusion {
        counts = List.copyOf(counts);
    }

    /** The counts; empty unless all four are there and whole: then they are metrics like others. */
    static Optional<MlflowConfusion> of(Map<String, Node> metrics) {
        List<Long> counts = NAMES.stream()
                .flatMap(each -> Optional.ofNullable(metrics.get(each)).stream())
                .flatMap(each -> Trees.number(each).stream())
                .filter(each -> each == Math.rint(each) && each >= 0 && each <= Integer.MAX_VALUE)
                .map(Double::longValue)
                .toList();
        Optional<Place> place = Optional.ofNullable(metrics.get(NAMES.get(0))).map(Node::place);
        return place.filter(there -> counts.size() == NAMES.size()).map(there -> new MlflowConfusion(counts, there));
    }

    /** How many rows were predicted. */
    long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** The matrix as an evaluation has it. */
    Node.Mapping toNode(Optional<String> favourable) {
        String positive = favourable.orElse("1");
        String other = positive.equals("0") ? "1" : "0";
        List<Node.Mapping> rows = List.of(row(other, counts.subList(0, 2)), row(positive, counts.subList(2, 4)));
        Node.Mapping matrix = new MappingBuilder()
                .text("positive", positive)
                .list("rows", rows)
                .build();
        return new Node.Mapping(place, matrix.entries(), Map.of());
    }

    private static Node.Mapping row(String label, List<Long> counts) {
        return new MappingBuilder()
                .text("label", label)
                .integers("counts", counts)
                .build();
    }
}
