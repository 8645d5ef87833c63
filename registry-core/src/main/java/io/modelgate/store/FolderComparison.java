package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A folder compared with the files of a version. All lists are in code-point order.
 *
 * @param right files that are there, every byte of them
 * @param missing files that are not there
 * @param changed files that are there with other bytes, or are no regular files
 * @param others what else is in the folder, at most 1,000 of it
 */
public record FolderComparison(List<String> right, List<String> missing, List<String> changed, List<String> others) {
    public FolderComparison {
        right = List.copyOf(right);
        missing = List.copyOf(missing);
        changed = List.copyOf(changed);
        others = List.copyOf(others);
    }

    private enum State {
        RIGHT,
        MISSING,
        CHANGED
    }

    /** Compares; NOT_FOUND when there is no such folder. */
    static FolderComparison comparing(Path folder, List<FileDigest> files, Progress progress) throws IOException {
        CheckoutFolder there = new CheckoutFolder(folder.toAbsolutePath().normalize());
        List<FileDigest> sorted = files.stream().sorted(FileDigest.ORDER).toList();
        List<State> states =
                Workers.map(sorted, Runtime.getRuntime().availableProcessors(), file -> state(there, file, progress));
        Map<State, List<String>> names = new EnumMap<>(State.class);
        for (int i = 0; i < sorted.size(); i++) {
            names.computeIfAbsent(states.get(i), state -> new ArrayList<>())
                    .add(sorted.get(i).path());
        }
        List<String> known = sorted.stream().map(FileDigest::path).toList();
        return new FolderComparison(
                names.getOrDefault(State.RIGHT, List.of()),
                names.getOrDefault(State.MISSING, List.of()),
                names.getOrDefault(State.CHANGED, List.of()),
                List.copyOf(there.others(known).keySet()));
    }

    /** The same, with words for people when the disk fails. */
    public static FolderComparison of(Path folder, List<FileDigest> files, Progress progress) {
        if (!Files.isDirectory(folder)) {
            throw RegistryException.notFound(
                    folder + " is no folder.", "Pull the version there first, or name the folder that has it.");
        }
        progress.started("verifying", files.stream().mapToLong(FileDigest::size).sum());
        try {
            return comparing(folder, files, progress);
        } catch (IOException e) {
            throw RegistryException.environment(
                    folder + " cannot be read: " + DiskTrouble.words(e) + ".", DiskTrouble.remedy(e), e);
        } finally {
            progress.finished();
        }
    }

    /** A link or folder on the way is something else than the file. */
    private static State state(CheckoutFolder folder, FileDigest file, Progress progress) {
        try {
            Path place = folder.place(file);
            return Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                    ? folder.has(file, progress) ? State.RIGHT : State.CHANGED
                    : State.MISSING;
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.CONFLICT) {
                return State.CHANGED;
            }
            throw e;
        }
    }

    /** Whether every file is there and right. */
    public boolean isRight() {
        return missing.isEmpty() && changed.isEmpty();
    }
}
