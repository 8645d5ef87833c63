package io.modelgate.promotion;

import io.modelgate.finding.RegistryException;
import io.modelgate.importer.Explanation;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlReader;
import io.modelgate.manifest.YamlWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes explanations into the facts of a training output. One that is made again takes the place of the earlier one. */
record ExplainedFacts(SourceFile facts) {
    private static final String LIST = "explainability";
    private static final String ABOUT = "about";

    /** The facts with this explanation; empty when they have it already. */
    Optional<String> with(Explanation explanation, String dataset, Optional<Digest> about) {
        List<Node> there = there();
        Node.Mapping entry = entry(explanation, dataset, about.map(Digest::toString));
        for (int i = 0; i < there.size(); i++) {
            if (isSame(there.get(i), entry) && there.get(i) instanceof Node.Mapping earlier) {
                Optional<String> known = text(entry, ABOUT).or(() -> text(earlier, ABOUT));
                String text = edited(List.of(LIST, String.valueOf(i)), entry(explanation, dataset, known));
                return Optional.of(text).filter(each -> !each.equals(facts.text()));
            }
        }
        return Optional.of(added(entry));
    }

    /** Whether the facts have this explanation and say which artifact it is about. */
    boolean sayWhatIsExplained(Explanation explanation, String dataset) {
        Node.Mapping entry = entry(explanation, dataset, Optional.empty());
        return there().stream()
                .filter(each -> isSame(each, entry))
                .anyMatch(each -> each instanceof Node.Mapping mapping
                        && text(mapping, ABOUT).isPresent());
    }

    private static Node.Mapping entry(Explanation explanation, String dataset, Optional<String> about) {
        return new MappingBuilder()
                .text("scope", "global")
                .text("method", explanation.method())
                .text(ABOUT, about)
                .text("dataset", dataset)
                .number("rows", explanation.rows())
                .text("units", explanation.units())
                .list(
                        "features",
                        explanation.features().stream()
                                .map(feature -> new MappingBuilder()
                                        .text("name", feature.name())
                                        .number("importance", BigDecimal.valueOf(feature.importance()))
                                        .build())
                                .toList())
                .build();
    }

    private List<Node> there() {
        return YamlReader.read(facts)
                .value()
                .filter(Node.Mapping.class::isInstance)
                .flatMap(root -> ((Node.Mapping) root).get(LIST))
                .filter(Node.Sequence.class::isInstance)
                .map(list -> ((Node.Sequence) list).items())
                .orElse(List.of());
    }

    /** Whether both explain the same in the same way. One that does not say what it is about is completed by the other. */
    private static boolean isSame(Node there, Node.Mapping entry) {
        if (!(there instanceof Node.Mapping earlier)) {
            return false;
        }
        boolean otherArtifact = Stream.of(earlier, entry)
                        .flatMap(each -> text(each, ABOUT).stream())
                        .distinct()
                        .count()
                > 1;
        return !otherArtifact
                && Stream.of("scope", "method", "dataset", "file")
                        .allMatch(key -> text(earlier, key).equals(text(entry, key)));
    }

    private static Optional<String> text(Node.Mapping mapping, String key) {
        return mapping.get(key).filter(Node.Text.class::isInstance).map(node -> ((Node.Text) node).value());
    }

    private String added(Node.Mapping entry) {
        Node.Mapping alone = new MappingBuilder().list(LIST, List.of(entry)).build();
        if (facts.text().isBlank()) {
            return YamlWriter.write(alone);
        }
        return facts.text().contains(LIST + ":")
                ? edited(List.of(LIST, "-"), entry)
                : facts.text() + (facts.text().endsWith("\n") ? "" : "\n") + YamlWriter.write(alone);
    }

    private String edited(List<String> path, Node.Mapping entry) {
        try {
            return YamlWriter.withField(facts, path, entry).text();
        } catch (IllegalArgumentException e) {
            throw RegistryException.conflict(
                    facts.path() + " cannot be added to: " + e.getMessage() + ".", "Write its lists in block style.");
        }
    }
}
