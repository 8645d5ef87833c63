package io.modelgate.manifest;

import java.util.Optional;

/**
 * A tool or framework, such as scikit-learn 1.9.1.
 *
 * @param name its name
 * @param version its version, as the tool writes it
 */
public record Tool(String name, String version) {
    /** Reads a required field that holds a tool; empty, with findings noted, when something is wrong. */
    public static Optional<Tool> of(Fields fields) {
        String name = fields.text("name");
        String version = fields.text("version");
        return name.isEmpty() || version.isEmpty() ? Optional.empty() : Optional.of(new Tool(name, version));
    }

    public Node.Mapping toNode() {
        return new MappingBuilder().text("name", name).text("version", version).build();
    }
}
