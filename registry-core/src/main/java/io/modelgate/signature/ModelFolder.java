package io.modelgate.signature;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A model on this machine, a folder or one file, as OpenSSF Model Signing sees it: regular files only, and folders are nothing. */
public final class ModelFolder {
    /** What is left out at the top of a folder, as the reference tool does. */
    public static final SortedSet<String> LEFT_OUT = Collections.unmodifiableSortedSet(
            new TreeSet<>(List.of(".git", ".gitattributes", ".github", ".gitignore")));

    private static final int CHUNK = 1 << 16;

    private final Path root;
    private final Progress progress;

    /** Nothing there is NOT_FOUND. */
    public ModelFolder(Path root, Progress progress) {
        this.root = root;
        this.progress = progress;
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            throw RegistryException.notFound(
                    "There is no " + root + ".",
                    "Name a folder or file of a model, or a version of a registry: ns/name@version.");
        }
    }

    /** Whether a path is one of these, or below one. */
    public static boolean isIn(Set<String> paths, String path) {
        int end = path.length();
        while (end > 0 && !paths.contains(path.substring(0, end))) {
            end = path.lastIndexOf('/', end - 1);
        }
        return end > 0;
    }

    /** Whether the model is one file. */
    public boolean isOneFile() {
        return Files.isRegularFile(root, LinkOption.NOFOLLOW_LINKS);
    }

    /** What the last part of its path is. */
    public String name() {
        Path name = root.toAbsolutePath().normalize().getFileName();
        return name == null ? "model" : name.toString();
    }

    /**
     * Those of its files that count.
     *
     * @param counts whether a file does, by its path: relative and slash-separated
     */
    public Checked<List<FileDigest>> files(Predicate<String> counts) {
        Walk walk = new Walk(counts);
        try {
            if (isOneFile()) {
                walk.add(name(), root);
            } else {
                Files.walkFileTree(root, walk);
            }
        } catch (IOException e) {
            throw RegistryException.environment(root + " cannot be read: " + e.getMessage() + ".", "Check it.", e);
        }
        return Checked.of(walk.files.stream().sorted(FileDigest.ORDER).toList(), walk.findings);
    }

    /**
     * Those of its files that a signature must be about: what it names, and all else that is not left out.
     *
     * @param ignored paths that are left out, beside those that the signer left out
     * @param onlySigned whether files that the signature does not name are left out
     */
    public Checked<List<FileDigest>> files(SignedFiles signed, Set<String> ignored, boolean onlySigned) {
        return files(path -> signed.files().containsKey(path)
                || !(onlySigned || isIn(LEFT_OUT, path) || isIn(ignored, path) || signed.ignores(path)));
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final Predicate<String> counts;
        private final List<FileDigest> files = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();

        Walk(Predicate<String> counts) {
            this.counts = counts;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String name = name(file);
            if (!counts.test(name)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isRegularFile()) {
                add(name, file);
            } else {
                refuse(file, "This is a link or a special file: what is behind it was not signed.");
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(String name, Path file) throws IOException {
            MessageDigest digest = Digest.sha256();
            long size = 0;
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] chunk = new byte[CHUNK];
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    digest.update(chunk, 0, read);
                    size += read;
                    progress.advanced(read);
                }
            }
            try {
                files.add(new FileDigest(name, Digest.ofRaw(digest.digest()), size));
            } catch (IllegalArgumentException e) {
                refuse(file, "A file of a model cannot have this name.");
            }
        }

        private void refuse(Path file, String message) {
            findings.add(Finding.block(
                    "signature/folder", Place.file(file.toString()), message, "Take it away, or put the file there."));
        }

        private String name(Path file) {
            return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        }
    }
}
