package io.modelgate.promotion;

import io.modelgate.manifest.VersionId;
import java.util.Optional;

/**
 * A wish to add a version.
 *
 * @param id the model and the new version
 * @param documents what the training job wrote down
 * @param store the store for its artifacts; empty for the first of the registry
 */
public record RegistrationRequest(VersionId id, OutputDocuments documents, Optional<String> store) {}
