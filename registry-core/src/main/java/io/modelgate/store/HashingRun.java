package io.modelgate.store;

import io.modelgate.finding.Checked;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Hashes many files at once, and notes those that cannot be read or change meanwhile. */
final class HashingRun {
    /** A file as it was when the run began. */
    private record Candidate(String name, Path file, BasicFileAttributes before) {
        long size() {
            return before.size();
        }
    }

    private final FileFindings findings = new FileFindings();
    private final Progress progress;

    HashingRun(Progress progress) {
        this.progress = progress;
    }

    Checked<List<FileDigest>> run(Map<String, Path> files) {
        List<Candidate> candidates = new ArrayList<>();
        files.forEach((name, file) -> look(name, file).ifPresent(candidates::add));
        progress.started(
                "hashing", candidates.stream().mapToLong(Candidate::size).sum());
        // The largest first, or the others wait for it at the end.
        candidates.sort(Comparator.comparingLong(Candidate::size).reversed());
        try {
            List<FileDigest> digests =
                    Workers.map(candidates, Runtime.getRuntime().availableProcessors(), this::hash).stream()
                            .flatMap(Optional::stream)
                            .sorted(FileDigest.ORDER)
                            .toList();
            return Checked.of(digests, findings.list());
        } finally {
            progress.finished();
        }
    }

    private Optional<Candidate> look(String name, Path file) {
        try {
            BasicFileAttributes attributes = FileSearch.attributes(file);
            if (attributes.size() > 0) {
                return Optional.of(new Candidate(name, file, attributes));
            }
            findings.add("store/empty", file, "It is empty.", "Take it away, or write what belongs into it.");
        } catch (IOException e) {
            findings.unreadable(file, e);
        }
        return Optional.empty();
    }

    private Optional<FileDigest> hash(Candidate candidate) {
        Path file = candidate.file();
        try {
            HashingCopy.Result result = HashingCopy.hash(file, progress);
            if (result.size() == candidate.size() && isSame(candidate.before(), FileSearch.attributes(file))) {
                return Optional.of(new FileDigest(candidate.name(), result.digest(), result.size()));
            }
            findings.add(
                    "store/changed",
                    file,
                    "It changed while it was read.",
                    "Wait until whatever writes it has finished, then try again.");
        } catch (IOException e) {
            findings.unreadable(file, e);
        }
        return Optional.empty();
    }

    private static boolean isSame(BasicFileAttributes before, BasicFileAttributes after) {
        return before.size() == after.size()
                && before.lastModifiedTime().equals(after.lastModifiedTime())
                && Objects.equals(before.fileKey(), after.fileKey());
    }
}
