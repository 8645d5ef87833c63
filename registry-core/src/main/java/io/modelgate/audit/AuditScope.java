package io.modelgate.audit;

import io.modelgate.catalog.ModelSummary;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.VersionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which versions are looked at.
 *
 * @param all every merged version, and not only those that are in a stage
 * @param stages only what is in one of these; all stages when empty
 * @param models a glob of model names, such as {@code credit/*}
 */
public record AuditScope(boolean all, List<Stage> stages, Optional<String> models) {
    /** What is in any stage. */
    public static final AuditScope LIVE = new AuditScope(false, List.of(), Optional.empty());

    /** Everything. */
    public static final AuditScope ALL = new AuditScope(true, List.of(), Optional.empty());

    public AuditScope {
        stages = List.copyOf(stages);
        if (all && !stages.isEmpty()) {
            throw new IllegalArgumentException("all versions are more than those of a stage");
        }
    }

    /** Whether no model or stage is left out. */
    boolean isWhole() {
        return stages.isEmpty() && models.isEmpty();
    }

    Stream<VersionId> versions(ModelSummary model) {
        return (all
                        ? model.versions().stream()
                        : model.stages().entrySet().stream()
                                .filter(entry -> stages.isEmpty() || stages.contains(entry.getKey()))
                                .map(Map.Entry::getValue)
                                .distinct())
                .map(version -> new VersionId(model.model().name(), version))
                .sorted();
    }
}
