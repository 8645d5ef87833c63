package io.modelgate.manifest;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One way in which the model's answers are explained.
 *
 * @param scope the whole model or one answer
 * @param method such as {@code shap}
 * @param about what is explained, and on which data
 * @param file path of an artifact that holds the explanation
 * @param how how to get an explanation of one answer
 * @param values how much each input matters
 * @param description what it says
 */
public record Explainability(
        Scope scope,
        String method,
        About about,
        Optional<String> file,
        Optional<String> how,
        Values values,
        Optional<String> description) {
    /** What is explained. */
    public enum Scope {
        /** The model as a whole. */
        GLOBAL,
        /** One answer. */
        LOCAL;

        /** Reads the word of a file; throws {@link IllegalArgumentException} with a message for people. */
        public static Scope parse(String word) {
            return Words.parse(Scope.class, word);
        }
    }

    /**
     * What is explained, and on which data.
     *
     * @param artifact digest of the artifact
     * @param dataset name of the data
     * @param rows how many
     */
    public record About(Optional<Digest> artifact, Optional<String> dataset, Optional<Long> rows) {}

    /**
     * How much each input matters.
     *
     * @param units of the numbers
     * @param features the inputs; empty when a file holds them
     */
    public record Values(Optional<String> units, List<Feature> features) {
        public Values {
            features = List.copyOf(features);
        }
    }

    /** An input and how much it matters. */
    public record Feature(String name, BigDecimal importance) {
        private static Feature of(Fields fields) {
            return new Feature(fields.text("name"), fields.number("importance"));
        }

        private Node.Mapping toNode() {
            return new MappingBuilder()
                    .text("name", name)
                    .number("importance", importance)
                    .build();
        }
    }

    static Optional<Explainability> of(Fields fields) {
        Optional<Scope> scope = fields.parsed("scope", Scope::parse);
        String method = fields.text("method");
        About about = new About(
                fields.optionalParsed("about", Digest::parse),
                fields.optionalText("dataset"),
                fields.optionalInteger("rows"));
        Optional<String> file = fields.optionalParsed("file", Artifact::requirePath);
        Optional<String> how = fields.optionalText("how");
        Values values = new Values(
                fields.optionalText("units"),
                fields.children("features").stream().map(Feature::of).toList());
        Optional<String> description = fields.optionalText("description");
        return scope.map(present -> new Explainability(present, method, about, file, how, values, description));
    }

    /** The fields, as a manifest has them. */
    public Node.Mapping toNode() {
        return new MappingBuilder()
                .text("scope", scope)
                .text("method", method)
                .text("about", about.artifact())
                .text("dataset", about.dataset())
                .number("rows", about.rows())
                .text("file", file)
                .text("how", how)
                .text("units", values.units())
                .list(
                        "features",
                        values.features().stream().map(Feature::toNode).toList())
                .text("description", description)
                .build();
    }
}
