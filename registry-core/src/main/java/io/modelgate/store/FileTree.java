package io.modelgate.store;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.RootDigest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The files of a version on this machine: found, checked and hashed, several at once. */
public final class FileTree {
    private static final int MOST_FILES = 100_000;

    private FileTree() {}

    /**
     * Names, digests and sizes of all files below a folder (or of one file), in code-point order of their names. Links and
     * special files are findings: what they stand for is not in the folder.
     */
    public static Checked<List<FileDigest>> hash(Path root, Progress progress) {
        List<Finding> findings = new ArrayList<>();
        SortedMap<String, Path> files = new TreeMap<>(RootDigest.PATH_ORDER);
        try {
            collect(root, files, findings);
            if (files.isEmpty() && findings.isEmpty()) {
                findings.add(refused(root, "There is no file in it.", "Put the model's files into it."));
            }
            if (!findings.isEmpty()) {
                return Checked.refused(findings);
            }
            return hash(files, progress);
        } catch (IOException e) {
            throw RegistryException.environment(
                    root + " cannot be read: " + e.getClass().getSimpleName() + " " + e.getMessage(),
                    "Check its permissions.",
                    e);
        }
    }

    private static void collect(Path root, SortedMap<String, Path> files, List<Finding> findings) throws IOException {
        if (Files.isRegularFile(root, LinkOption.NOFOLLOW_LINKS)) {
            add(root, String.valueOf(root.getFileName()), files, findings);
            return;
        }
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            findings.add(refused(root, "This is neither a folder nor a file; links are not followed.", "Copy it."));
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    add(file, root.relativize(file).toString().replace('\\', '/'), files, findings);
                } else {
                    findings.add(refused(
                            file,
                            attributes.isSymbolicLink() ? "This is a symbolic link." : "This is not a regular file.",
                            "Put the file itself here, or take it away."));
                }
                return files.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        if (files.size() > MOST_FILES) {
            findings.add(refused(root, "There are more than " + MOST_FILES + " files.", "Pack them into fewer files."));
        }
    }

    private static void add(Path file, String name, SortedMap<String, Path> files, List<Finding> findings) {
        if (name.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '\\')) {
            findings.add(refused(
                    file, "Its name has a control character or a backslash.", "Give it a name that people can type."));
        } else {
            files.put(name, file);
        }
    }

    private static Checked<List<FileDigest>> hash(SortedMap<String, Path> files, Progress progress) throws IOException {
        long total = 0;
        for (Path file : files.values()) {
            total += Files.size(file);
        }
        progress.started(total);
        ExecutorService workers = Executors.newFixedThreadPool(
                Math.min(files.size(), Runtime.getRuntime().availableProcessors()));
        try {
            List<Callable<Checked<FileDigest>>> tasks = new ArrayList<>();
            files.forEach((name, file) -> tasks.add(() -> hash(name, file, progress)));
            List<FileDigest> digests = new ArrayList<>();
            List<Finding> findings = new ArrayList<>();
            for (Future<Checked<FileDigest>> done : workers.invokeAll(tasks)) {
                Checked<FileDigest> hashed = done.get();
                hashed.value().ifPresent(digests::add);
                findings.addAll(hashed.findings());
            }
            digests.sort(Comparator.comparing(FileDigest::path, RootDigest.PATH_ORDER));
            return Checked.of(List.copyOf(digests), findings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.environment("Hashing was interrupted.", "Run the command again.", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            workers.shutdownNow();
            progress.finished();
        }
    }

    private static Checked<FileDigest> hash(String name, Path file, Progress progress) throws IOException {
        BasicFileAttributes before = attributes(file);
        HashingCopy.Result result = HashingCopy.hash(file, progress);
        BasicFileAttributes after = attributes(file);
        if (before.size() != after.size()
                || result.size() != after.size()
                || !before.lastModifiedTime().equals(after.lastModifiedTime())) {
            return Checked.refused(refused(
                    file,
                    "It changed while it was read.",
                    "Wait until whatever writes it has finished, then try again."));
        }
        if (result.size() == 0) {
            return Checked.refused(refused(file, "It is empty.", "Take it away, or write what belongs into it."));
        }
        return Checked.of(new FileDigest(name, result.digest(), result.size()));
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static Finding refused(Path file, String message, String remedy) {
        return Finding.block("store/file", Place.file(file.toString()), message, remedy);
    }
}
