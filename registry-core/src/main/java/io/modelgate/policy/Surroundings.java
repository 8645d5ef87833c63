package io.modelgate.policy;

import io.modelgate.evidence.StageHistory;
import io.modelgate.manifest.VersionId;
import java.util.function.Predicate;

/**
 * What a rule may ask beyond the version itself. Nothing is read before a rule asks.
 *
 * @param history what was in the stages when
 * @param registered whether a version is in the registry
 * @param formats what the artifacts of a version are
 */
public record Surroundings(StageHistory history, Predicate<VersionId> registered, ArtifactFormats formats) {}
