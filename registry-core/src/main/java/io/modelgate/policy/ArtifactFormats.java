package io.modelgate.policy;

import io.modelgate.format.Examined;
import io.modelgate.format.Format;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.VersionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what the artifacts of a version are; the answers are in the order of the manifest. */
public interface ArtifactFormats {
    /**
     * What the manifest says, where the bytes are not at hand. The gate has compared it with the bytes when the version was
     * registered; whether a file of a harmless format can run code all the same is not known.
     */
    ArtifactFormats DECLARED = version ->
            version.artifacts().stream().map(ArtifactFormats::declared).toList();

    /** Looks at the artifacts. */
    List<Examined> of(ModelVersion version);

    /** Looks at the artifacts of a version at the first question, and never again. */
    static ArtifactFormats once(ArtifactFormats formats) {
        Map<VersionId, List<Examined>> known = new HashMap<>();
        return version -> known.computeIfAbsent(version.id(), id -> formats.of(version));
    }

    private static Examined declared(Artifact artifact) {
        Format format = artifact.format().flatMap(Format::find).orElse(Format.UNKNOWN);
        return new Examined(format, format.canRunCode(), Optional.empty(), List.of(), List.of());
    }
}
