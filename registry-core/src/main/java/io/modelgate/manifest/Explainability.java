package io.modelgate.manifest;

import java.util.Optional;

/**
 * One way in which the model's answers are explained.
 *
 * @param scope the whole model or one answer
 * @param method such as {@code shap}
 * @param file path of an artifact that holds the explanation
 * @param units of its values
 * @param description what it says
 */
public record Explainability(
        Scope scope, String method, Optional<String> file, Optional<String> units, Optional<String> description) {
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

    static Optional<Explainability> of(Fields fields) {
        Optional<Scope> scope = fields.parsed("scope", Scope::parse);
        String method = fields.text("method");
        Optional<String> file = fields.optionalParsed("file", Artifact::requirePath);
        Optional<String> units = fields.optionalText("units");
        Optional<String> description = fields.optionalText("description");
        return scope.map(present -> new Explainability(present, method, file, units, description));
    }

    Node.Mapping toNode() {
        return new MappingBuilder()
                .text("scope", scope)
                .text("method", method)
                .text("file", file)
                .text("units", units)
                .text("description", description)
                .build();
    }
}
