package io.modelgate.policy;

import io.modelgate.evidence.StageHistory;
import io.modelgate.manifest.VersionId;
import java.util.function.Predicate;

/**
 * What a rule may ask beyond the version itself. Nothing is read before a rule asks.
 *
 * @param history what was in the stages when
 * @param registered whether a version is in the registry
 * @param signatures who signed a version
 */
public record Surroundings(StageHistory history, Predicate<VersionId> registered, SignatureCheck signatures) {
    /** A registry in which nothing happened yet. */
    public static final Surroundings NONE =
            new Surroundings(StageHistory.NONE, version -> false, SignatureCheck.UNAVAILABLE);
}
