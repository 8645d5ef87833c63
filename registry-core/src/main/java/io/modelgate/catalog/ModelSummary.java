package io.modelgate.catalog;

import io.modelgate.manifest.Model;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.Version;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model with its versions and stages.
 *
 * @param model what it is
 * @param versions all its versions, highest first
 * @param stages what is in which stage
 */
public record ModelSummary(Model model, List<Version> versions, Map<Stage, Version> stages) {
    public ModelSummary {
        versions = List.copyOf(versions);
        stages = Collections.unmodifiableMap(new TreeMap<>(stages));
    }
}
