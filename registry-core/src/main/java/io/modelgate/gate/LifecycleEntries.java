package io.modelgate.gate;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Lifecycle;
import io.modelgate.manifest.LifecycleAction;
import io.modelgate.manifest.LifecycleEntry;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.VersionId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Entries are appended to lifecycles.
 *
 * @param files the lifecycles
 */
record LifecycleEntries(List<RegistryPath.LifecycleFile> files) implements Change {
    LifecycleEntries {
        files = List.copyOf(files);
    }

    @Override
    public String kind() {
        return ChangeKind.LIFECYCLE.word();
    }

    @Override
    public String subject() {
        return files.stream().map(file -> file.model().toString()).collect(Collectors.joining(", "));
    }

    @Override
    public void judge(GateContext context, Judged judged) {
        files.forEach(file -> judge(file, context, judged));
        context.approvals(kind(), subject(), judged);
    }

    private static void judge(RegistryPath.LifecycleFile file, GateContext context, Judged judged) {
        Checked<Lifecycle> read = context.file(file).map(Lifecycle::read).orElseThrow();
        judged.find(read.findings());
        if (!read.ok()) {
            return;
        }
        List<LifecycleEntry> before = context.merged(file, Lifecycle::readTrusted)
                .map(Lifecycle::entries)
                .orElse(List.of());
        List<LifecycleEntry> after = read.get().entries();
        Place place = Place.file(file.path());
        if (after.size() <= before.size() || !after.subList(0, before.size()).equals(before)) {
            judged.find(Finding.block(
                    "gate/append-only",
                    place,
                    "Entries of a lifecycle are only appended; this changes or drops one.",
                    "Restore the entries and write the new one below them."));
            return;
        }
        after.subList(before.size(), after.size()).forEach(entry -> judge(entry, file, context, judged));
    }

    private static void judge(
            LifecycleEntry entry, RegistryPath.LifecycleFile file, GateContext context, Judged judged) {
        VersionId version = new VersionId(file.model(), entry.version());
        if (context.target().entry(RegistryPath.directory(version)).isEmpty()) {
            judged.find(Finding.block(
                    "gate/lifecycle",
                    Place.file(file.path()),
                    version + " is not registered.",
                    "Name a version that is."));
        }
        entry.by()
                .filter(user -> !context.input().review().participants().include(user))
                .ifPresent(user -> judged.find(Finding.warn(
                        "gate/lifecycle",
                        Place.file(file.path()),
                        "'by' names " + user + ", who had no hand in this proposal.",
                        "Name who decided it, or have them propose it.")));
        if (entry.action() != LifecycleAction.DEPRECATE
                && !context.stagesOf(version).isEmpty()) {
            judged.find(Finding.warn(
                    "gate/lifecycle",
                    Place.file(file.path()),
                    version + " is still in " + context.stagesOf(version) + ".",
                    "Roll these stages back or promote another version."));
        }
    }
}
