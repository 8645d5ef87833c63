package io.modelgate.manifest;

/**
 * A stage, such as {@code prod}. Their order is in {@code registry.yaml}.
 *
 * @param name the stage's name
 */
public record Stage(String name) implements Comparable<Stage> {
    public Stage {
        Names.require("stage", name);
    }

    @Override
    public int compareTo(Stage other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
