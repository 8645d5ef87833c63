package io.modelgate.gate;

import io.modelgate.git.TreeChange;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.VersionId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The kinds of change, and which kind a changed path belongs to. */
enum ChangeKind {
    REGISTRATION,
    EVIDENCE,
    DOCUMENTATION,
    PROMOTION,
    LIFECYCLE,
    POLICY,
    CONFIGURATION;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind that a change of this path is; empty when the path must not be changed so.
     *
     * @param registered whether a version is there before the change
     */
    static Optional<ChangeKind> of(RegistryPath path, TreeChange change, Predicate<VersionId> registered) {
        boolean added = change.before().isEmpty();
        boolean deleted = change.after().isEmpty();
        Optional<VersionId> version = version(path);
        if (version.isPresent()) {
            if (!registered.test(version.get())) {
                return Optional.of(REGISTRATION);
            }
            if (path instanceof RegistryPath.CardFile) {
                return deleted ? Optional.empty() : Optional.of(DOCUMENTATION);
            }
            return added && !(path instanceof RegistryPath.ManifestFile) ? Optional.of(EVIDENCE) : Optional.empty();
        }
        if (path instanceof RegistryPath.PointerFile) {
            return deleted ? Optional.empty() : Optional.of(PROMOTION);
        }
        if (path instanceof RegistryPath.LifecycleFile) {
            return deleted ? Optional.empty() : Optional.of(LIFECYCLE);
        }
        if (path instanceof RegistryPath.PolicyFile
                || path instanceof RegistryPath.PolicyTestFile
                || path instanceof RegistryPath.WaiverFile) {
            return Optional.of(POLICY);
        }
        boolean needed = path instanceof RegistryPath.RegistryFile || path instanceof RegistryPath.ModelFile;
        return deleted && needed ? Optional.empty() : Optional.of(CONFIGURATION);
    }

    /** The version whose directory a path is in. */
    static Optional<VersionId> version(RegistryPath path) {
        if (path instanceof RegistryPath.ManifestFile file) {
            return Optional.of(file.version());
        }
        if (path instanceof RegistryPath.CardFile file) {
            return Optional.of(file.version());
        }
        if (path instanceof RegistryPath.EvaluationFile file) {
            return Optional.of(file.version());
        }
        if (path instanceof RegistryPath.FairnessFile file) {
            return Optional.of(file.version());
        }
        return path instanceof RegistryPath.SignatureFile file ? Optional.of(file.version()) : Optional.empty();
    }
}
