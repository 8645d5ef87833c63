package io.modelgate.promotion;

import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.VersionId;
import java.util.List;
import java.util.Optional;

/**
 * A wish to move stage pointers.
 *
 * @param versions what to move there; all or none
 * @param stage where to
 * @param reason promote or hotfix
 * @param note why, in the words of whoever asks
 */
public record PromotionRequest(List<VersionId> versions, Stage stage, Reason reason, Optional<String> note) {
    public PromotionRequest {
        versions = versions.stream().sorted().toList();
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("name at least one version");
        }
        if (versions.stream().map(VersionId::model).distinct().count() != versions.size()) {
            throw new IllegalArgumentException("name each model once");
        }
    }
}
