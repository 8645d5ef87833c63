package io.modelgate.gate;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.EntryMode;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeChange;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.RegistryPath;
import java.util.ArrayList;
import java.util.List;

/** Whether what a change brings are regular files of bearable size, with names that mean the same on every machine. */
final class EntryCheck {
    private static final long MOST_BYTES = 32L << 20;
    private static final int MEBI = 20;

    private final Snapshot merged;
    private final List<Finding> findings = new ArrayList<>();

    EntryCheck(Snapshot merged) {
        this.merged = merged;
    }

    List<Finding> check(List<TreeChange> changes) {
        long bytes = 0;
        PortableNames names = new PortableNames(merged);
        for (TreeChange change : changes) {
            if (change.after().isPresent()) {
                bytes += check(change.after().get());
                if (change.before().isEmpty()) {
                    names.problem(change.path())
                            .ifPresent(problem -> refuse("gate/path", change.path(), problem, "Rename it."));
                }
            }
        }
        if (bytes > MOST_BYTES) {
            findings.add(Finding.block(
                    "gate/size",
                    Place.NOWHERE,
                    "The files of the proposal have more than " + (MOST_BYTES >> MEBI) + " MiB together.",
                    "Propose it in parts; put large files into an artifact store."));
        }
        return findings;
    }

    private long check(TreeEntry entry) {
        if (entry.mode() != EntryMode.FILE) {
            String what = switch (entry.mode()) {
                case SYMLINK -> "a symbolic link";
                case SUBMODULE -> "a submodule";
                case EXECUTABLE -> "an executable file";
                case TREE -> "an empty folder";
                default -> "no regular file";
            };
            refuse(
                    "gate/mode",
                    entry.path(),
                    "This is " + what + "; a registry has regular files only.",
                    entry.mode() == EntryMode.TREE ? "Take it out." : "Make it a file of mode 644.");
            return 0;
        }
        long size = merged.size(entry);
        int most = RegistryPath.of(entry.path()).maxBytes();
        if (size > most) {
            refuse(
                    "gate/size",
                    entry.path(),
                    "This file has more than " + (most >> MEBI) + " MiB.",
                    "Put large files into an artifact store.");
        }
        return size;
    }

    private void refuse(String rule, String path, String message, String remedy) {
        findings.add(Finding.block(rule, Place.file(path), message, remedy));
    }
}
