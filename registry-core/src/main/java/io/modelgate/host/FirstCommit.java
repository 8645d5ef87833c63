package io.modelgate.host;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.EntryMode;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeChange;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.policy.Policies;
import java.util.List;
import java.util.Optional;

/**
 * The first commit of a target branch: nothing can judge it but the formats, so it must be a registry that reads without a
 * finding. Whoever may push at all may push it, once.
 */
final class FirstCommit {
    private static final int MOST_FINDINGS = 50;

    private FirstCommit() {}

    static void judge(PushedRef pushed, Push push) {
        if (!push.repository().has(pushed.after().orElseThrow())) {
            push.refuse(pushed, "first", "It is not a commit.", "Make a registry: 'modelgate init'.");
            return;
        }
        Snapshot tree = push.repository().snapshot(pushed.after().orElseThrow());
        String path = new RegistryPath.RegistryFile().path();
        Checked<RegistryConfig> registry = tree.read(path)
                .map(RegistryConfig::read)
                .orElseGet(() -> Checked.refused(Finding.block(
                        "push/first",
                        Place.file(path),
                        "The first commit of the target branch must be a registry, and has no registry.yaml.",
                        "Make a registry: 'modelgate init'.")));
        push.find(registry.findings());
        registry.value().ifPresent(config -> {
            if (!push.branch().equals(LocalRefs.HEADS + config.branch())) {
                push.refuse(
                        pushed,
                        "first",
                        "registry.yaml names the branch " + config.branch() + ", and this is another.",
                        "Push to that branch, or correct 'branch'.");
            }
            push.find(Policies.check(tree, config).findings());
            push.find(files(push.repository().empty().changesTo(tree)));
        });
    }

    private static List<Finding> files(List<TreeChange> added) {
        return added.stream()
                .flatMap(change -> change.after().stream())
                .flatMap(entry -> problem(entry).stream())
                .limit(MOST_FINDINGS)
                .toList();
    }

    private static Optional<Finding> problem(TreeEntry entry) {
        boolean known = !(RegistryPath.of(entry.path()) instanceof RegistryPath.UnknownPath);
        return known && entry.mode() == EntryMode.FILE
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "push/first",
                        Place.file(entry.path()),
                        known ? "This is no regular file." : "A registry has no place for this file.",
                        "Take it out."));
    }
}
