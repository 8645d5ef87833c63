package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.ArtifactPaths;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Brings the files of a version from a store into a folder, several at once and every byte verified. */
public final class Checkout {
    /**
     * What was done. All lists are in code-point order.
     *
     * @param fetched files that were written
     * @param kept files that were there already and are right
     * @param others files in the folder that are no part of the version; untouched, and at most 1,000 listed
     */
    public record Result(List<String> fetched, List<String> kept, List<String> others) {
        public Result {
            fetched = List.copyOf(fetched);
            kept = List.copyOf(kept);
            others = List.copyOf(others);
        }
    }

    private final ArtifactStore store;
    private final List<FileDigest> files;
    private final Progress progress;

    private Checkout(ArtifactStore store, List<FileDigest> files, Progress progress) {
        this.store = store;
        this.files = files.stream().sorted(FileDigest.ORDER).toList();
        this.progress = progress;
    }

    /**
     * Brings the files into a folder. A folder that is not there yet appears whole or not at all; in one that is there, each
     * file appears whole or not at all. Run it again after any failure: right files are kept.
     */
    public static Result run(ArtifactStore store, List<FileDigest> files, Path folder, Progress progress) {
        Checkout checkout = new Checkout(store, files, progress);
        checkout.requireNoClash();
        progress.started("pulling", files.stream().mapToLong(FileDigest::size).sum());
        try {
            return checkout.into(folder.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw RegistryException.environment(
                    folder + " cannot be filled: " + DiskTrouble.words(e) + ".", DiskTrouble.remedy(e), e);
        } finally {
            progress.finished();
        }
    }

    private Result into(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            try (PartialFolder partial = PartialFolder.beside(folder, contents())) {
                Result result = fill(partial.folder());
                if (partial.becomes(folder, names())) {
                    return new Result(result.fetched(), result.kept(), List.of());
                }
            }
            // Somebody else made the folder meanwhile.
        }
        if (!Files.isDirectory(folder)) {
            throw RegistryException.conflict(folder + " is a file.", "Remove it, or name a folder.");
        }
        return fill(new CheckoutFolder(folder));
    }

    private Result fill(CheckoutFolder folder) throws IOException {
        Set<String> kept = ConcurrentHashMap.newKeySet();
        requireSpace(folder);
        Workers.each(files, store.atOnce(), file -> {
            FileProgress here = new FileProgress(progress);
            if (folder.has(file, FileProgress.asFound(here))) {
                kept.add(file.path());
            } else {
                here.takeBack();
                store.get(file, folder.place(file), progress);
            }
        });
        return new Result(
                names().stream().filter(name -> !kept.contains(name)).toList(),
                names().stream().filter(kept::contains).toList(),
                List.copyOf(folder.foreign(names()).keySet()));
    }

    /** What a disk that is too small would say much later, and without the numbers. */
    private void requireSpace(CheckoutFolder folder) {
        long needed = 0;
        for (FileDigest file : files) {
            long there = folder.size(file);
            if (there != file.size()) {
                needed += Math.max(0, store.needs(file, folder.root()) - folder.partial(file));
            }
        }
        DiskSpace.require(folder.root(), needed);
    }

    private List<String> names() {
        return files.stream().map(FileDigest::path).toList();
    }

    /** The same for the same files, so that a second run finds what the first one left. */
    private Digest contents() {
        StringBuilder all = new StringBuilder();
        files.forEach(file ->
                all.append(file.digest()).append(' ').append(file.path()).append('\n'));
        return Digest.of(all.toString());
    }

    private void requireNoClash() {
        List<ArtifactPaths.Problem> clashes = ArtifactPaths.clashes(names());
        if (!clashes.isEmpty()) {
            throw RegistryException.integrity(
                    "The files cannot lie in one folder: " + clashes.get(0).message() + ".",
                    clashes.get(0).remedy());
        }
    }
}
