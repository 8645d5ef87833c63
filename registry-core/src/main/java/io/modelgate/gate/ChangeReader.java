package io.modelgate.gate;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeChange;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.VersionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells the kind of a change from its paths, modes and object ids; never from diff text, never from renames. */
final class ChangeReader {
    private static final int MOST_PATHS = 2_000;
    private static final String ONE_KIND = "A proposal is one kind of change: propose this on its own.";

    private final Snapshot target;
    private final Snapshot merged;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<ChangeKind, List<RegistryPath>> byKind = new TreeMap<>();

    ChangeReader(Snapshot target, Snapshot merged) {
        this.target = target;
        this.merged = merged;
    }

    Checked<Change> read() {
        List<TreeChange> changes = target.changesTo(merged);
        if (changes.isEmpty()) {
            return Checked.refused(Finding.block(
                    "gate/nothing",
                    Place.NOWHERE,
                    "The proposal changes nothing.",
                    "Close it; its content is merged already."));
        }
        if (changes.size() > MOST_PATHS) {
            return Checked.refused(Finding.block(
                    "gate/size",
                    Place.NOWHERE,
                    "The proposal changes " + changes.size() + " files; at most " + MOST_PATHS + " are judged.",
                    "Propose it in parts."));
        }
        findings.addAll(new EntryCheck(merged).check(changes));
        changes.forEach(this::sort);
        if (findings.isEmpty()) {
            newModels();
            mix();
        }
        return findings.isEmpty() ? Checked.of(change()) : Checked.refused(findings);
    }

    private void sort(TreeChange change) {
        RegistryPath path = RegistryPath.of(change.path());
        Optional<ChangeKind> kind = path instanceof RegistryPath.UnknownPath
                ? Optional.empty()
                : ChangeKind.of(path, change, this::isRegistered);
        if (path instanceof RegistryPath.UnknownPath) {
            refuse("gate/path", change, "A registry has no place for this file.", "Take it out of the proposal.");
        } else if (kind.isEmpty()) {
            refuse(
                    "gate/add-only",
                    change,
                    change.after().isEmpty()
                            ? "This file must not be deleted."
                            : "What is merged of a version never changes; only card.md may be corrected.",
                    "Restore it. For other content register a new version or add new evidence.");
        } else {
            byKind.computeIfAbsent(kind.get(), each -> new ArrayList<>()).add(path);
        }
    }

    private boolean isRegistered(VersionId version) {
        return target.entry(RegistryPath.directory(version)).isPresent();
    }

    /** A model.yaml that comes with the first version of its model belongs to the registration. */
    private void newModels() {
        List<RegistryPath> configuration = byKind.getOrDefault(ChangeKind.CONFIGURATION, List.of());
        List<RegistryPath> registration = byKind.getOrDefault(ChangeKind.REGISTRATION, List.of());
        List<RegistryPath> moved = configuration.stream()
                .filter(path -> path instanceof RegistryPath.ModelFile file
                        && target.entry(path.path()).isEmpty()
                        && registration.stream()
                                .anyMatch(other -> other.path().startsWith(RegistryPath.directory(file.model()) + "/")))
                .toList();
        if (!moved.isEmpty()) {
            registration.addAll(moved);
            configuration.removeAll(moved);
            if (configuration.isEmpty()) {
                byKind.remove(ChangeKind.CONFIGURATION);
            }
        }
    }

    private void mix() {
        if (byKind.size() > 1) {
            String kinds = String.join(
                    ", ", byKind.keySet().stream().map(ChangeKind::word).toList());
            byKind.forEach((kind, paths) -> paths.forEach(path -> findings.add(Finding.block(
                    "gate/mixed",
                    Place.file(path.path()),
                    "The proposal mixes kinds of change (" + kinds + "); this file is " + kind.word() + ".",
                    ONE_KIND))));
        }
        several("gate/one-version", ChangeKind.REGISTRATION, versions(ChangeKind.REGISTRATION), "versions");
        several("gate/one-stage", ChangeKind.PROMOTION, stages(), "stages");
    }

    private void several(String rule, ChangeKind kind, NavigableSet<?> things, String what) {
        if (things.size() > 1) {
            findings.add(Finding.block(
                    rule,
                    Place.file(byKind.getOrDefault(kind, List.of()).get(0).path()),
                    "A " + kind.word() + " is about one of its " + what + ", not several: " + things + ".",
                    "Propose each on its own."));
        }
    }

    private Change change() {
        ChangeKind kind = byKind.keySet().iterator().next();
        List<RegistryPath> paths = byKind.getOrDefault(kind, List.of());
        return switch (kind) {
            case REGISTRATION -> new Registration(versions(kind).first(), paths);
            case EVIDENCE -> new EvidenceAdded(List.copyOf(versions(kind)));
            case DOCUMENTATION -> new CardEdited(List.copyOf(versions(kind)));
            case PROMOTION ->
                new Promotion(
                        stages().first(),
                        paths.stream().map(RegistryPath.PointerFile.class::cast).toList());
            case LIFECYCLE ->
                new LifecycleEntries(paths.stream()
                        .map(RegistryPath.LifecycleFile.class::cast)
                        .toList());
            case POLICY -> new PolicyChange(paths);
            case CONFIGURATION -> new ConfigurationChange(paths);
        };
    }

    private NavigableSet<VersionId> versions(ChangeKind kind) {
        NavigableSet<VersionId> versions = new TreeSet<>();
        byKind.getOrDefault(kind, List.of())
                .forEach(path -> ChangeKind.version(path).ifPresent(versions::add));
        return versions;
    }

    private NavigableSet<Stage> stages() {
        NavigableSet<Stage> stages = new TreeSet<>();
        byKind.getOrDefault(ChangeKind.PROMOTION, List.of())
                .forEach(path -> stages.add(((RegistryPath.PointerFile) path).stage()));
        return stages;
    }

    private void refuse(String rule, TreeChange change, String message, String remedy) {
        findings.add(Finding.block(rule, Place.file(change.path()), message, remedy));
    }
}
