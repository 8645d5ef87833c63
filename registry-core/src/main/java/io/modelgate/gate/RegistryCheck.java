package io.modelgate.gate;

import io.modelgate.evidence.Evidence;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.EntryMode;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.Lifecycle;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.StagePointer;
import io.modelgate.policy.Policies;
import io.modelgate.policy.PolicyTests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a whole registry and not a change: every file valid and in its place, every stage pointer true, every policy test
 * passing. Its cost follows the size of the registry.
 */
public final class RegistryCheck {
    private final Snapshot snapshot;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    private RegistryCheck(Snapshot snapshot, Instant now) {
        this.snapshot = snapshot;
        this.now = now;
    }

    /** Everything that is wrong, sorted; empty for a sound registry. */
    public static List<Finding> check(Snapshot snapshot, Instant now) {
        RegistryCheck check = new RegistryCheck(snapshot, now);
        check.run();
        return check.findings.stream().sorted().distinct().toList();
    }

    private void run() {
        Optional<RegistryConfig> registry = snapshot.read(new RegistryPath.RegistryFile().path())
                .map(file -> keep(RegistryConfig.read(file)))
                .orElseGet(() -> {
                    refuse("registry.yaml", "There is no registry.yaml: this is not a registry.", "Add it.");
                    return Optional.empty();
                });
        for (TreeEntry entry : snapshot.files("")) {
            RegistryPath path = RegistryPath.of(entry.path());
            if (entry.mode() != EntryMode.FILE) {
                refuse(entry.path(), "This is no regular file of mode 644.", "Make it one.");
            } else if (path instanceof RegistryPath.UnknownPath) {
                refuse(entry.path(), "A registry has no place for this file.", "Take it away.");
            } else {
                check(path, registry);
            }
        }
        registry.ifPresent(this::policies);
    }

    private void check(RegistryPath path, Optional<RegistryConfig> registry) {
        if (path instanceof RegistryPath.ManifestFile version) {
            keep(Evidence.of(snapshot, version.version()));
        } else if (path instanceof RegistryPath.LifecycleFile) {
            file(path).ifPresent(file -> keep(Lifecycle.read(file)));
        } else if (path instanceof RegistryPath.TargetFile target) {
            file(path).ifPresent(file -> keep(DeploymentTarget.read(file)));
            registry.filter(config -> !config.has(target.stage()))
                    .ifPresent(config -> refuse(path.path(), "There is no stage " + target.stage() + ".", "Move it."));
        } else if (path instanceof RegistryPath.PointerFile pointer) {
            file(path).flatMap(file -> keep(StagePointer.read(file))).ifPresent(read -> pointer(read, path));
            registry.filter(config -> !config.has(pointer.stage()))
                    .ifPresent(config -> refuse(path.path(), "There is no stage " + pointer.stage() + ".", "Move it."));
        } else {
            orphan(path);
        }
    }

    /** A file of a version that has no manifest belongs to nothing. */
    private void orphan(RegistryPath path) {
        ChangeKind.version(path)
                .map(RegistryPath.ManifestFile::new)
                .filter(manifest -> snapshot.entry(manifest.path()).isEmpty())
                .ifPresent(
                        manifest -> refuse(path.path(), "Its version has no version.yaml.", "Register the version."));
    }

    private void pointer(StagePointer pointer, RegistryPath path) {
        Optional<SourceFile> manifest = snapshot.read(new RegistryPath.ManifestFile(pointer.version()).path());
        if (manifest.isEmpty()) {
            refuse(path.path(), pointer.version() + " is not registered.", "Register it, or promote another version.");
        } else if (!manifest.get().digest().equals(pointer.target().manifest())) {
            refuse(
                    path.path(),
                    "'manifest' is " + pointer.target().manifest() + ", but version.yaml has "
                            + manifest.get().digest() + ".",
                    "Somebody changed one of them without the gate. Promote again.");
        }
    }

    private void policies(RegistryConfig registry) {
        keep(Policies.check(snapshot, registry))
                .ifPresent(policies -> PolicyTests.run(snapshot, policies, registry, now)
                        .forEach(result -> findings.addAll(result.findings())));
    }

    private Optional<SourceFile> file(RegistryPath path) {
        return snapshot.read(path.path());
    }

    private <T> Optional<T> keep(Checked<T> checked) {
        findings.addAll(checked.findings());
        return checked.value();
    }

    private void refuse(String path, String message, String remedy) {
        findings.add(Finding.block("registry/check", Place.file(path), message, remedy));
    }
}
