package io.modelgate.gate;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.TreeChange;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.policy.KindApprovals;
import java.util.List;

/** Names the changed files that decide what runs the gate, so that no reviewer takes them for documentation. */
final class RunFiles {
    private static final int MOST = 20;

    private RunFiles() {}

    /** One finding for each such file, whatever else the proposal does; the first of many. */
    static List<Finding> named(List<TreeChange> changes, RegistryConfig registry) {
        String who = KindApprovals.asked(ChangeKind.CONFIGURATION.word(), registry)
                .map(each -> "it needs the approval of " + each + ", as registry.yaml does.")
                .orElse("nobody has to approve it: write approvals.configuration into registry.yaml.");
        return changes.stream()
                .map(TreeChange::path)
                .filter(path -> RegistryPath.of(path) instanceof RegistryPath.RepositoryFile file && file.isRun())
                .limit(MOST)
                .map(path -> Finding.warn(
                        "gate/runs",
                        Place.file(path),
                        "This file decides what CI runs or who is asked to review: the gate may hang on it.",
                        "Have an administrator read every line; " + who))
                .toList();
    }
}
