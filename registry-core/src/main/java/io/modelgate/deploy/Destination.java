package io.modelgate.deploy;

import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Stage;
import java.util.Comparator;

/**
 * One model on one deployment target of a stage.
 *
 * @param stage the stage
 * @param target the name of the target
 * @param model the model
 */
public record Destination(Stage stage, String target, ModelName model) implements Comparable<Destination> {
    private static final Comparator<Destination> ORDER = Comparator.comparing(
                    (Destination each) -> each.stage().name())
            .thenComparing(Destination::target)
            .thenComparing(Destination::model);

    @Override
    public int compareTo(Destination other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return model + " on " + target;
    }
}
