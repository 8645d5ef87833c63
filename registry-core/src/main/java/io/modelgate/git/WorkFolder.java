package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Makes a tree of the files of a folder, in memory. No filter, attribute or hook of the repository is heeded; what Git ignores
 * and has not committed is left out. Links are recorded as links and not followed, so that the gate can refuse them.
 */
final class WorkFolder {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_FILE = 64 << 20;

    private final GitObjects objects;
    private final TrackedFiles tracked;

    WorkFolder(Repository repository, GitObjects objects) {
        this.objects = objects;
        this.tracked = new TrackedFiles(repository);
    }

    Snapshot read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw RegistryException.notFound(folder + " is not a folder.", "Name the folder of a checkout.");
        }
        SortedMap<String, Optional<TreeEntry>> entries = new TreeMap<>();
        try {
            IgnoreRules ignored = new IgnoreRules(folder, tracked);
            Files.walkFileTree(
                    folder, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, new Visitor(folder, ignored, entries));
        } catch (IOException e) {
            throw RegistryException.environment(
                    "The files of " + folder + " cannot be read: " + Trouble.words(e), "Check their permissions.", e);
        }
        Snapshot empty = new Snapshot(objects, objects.add(Constants.OBJ_TREE, new byte[0]), Optional.empty());
        return new Snapshot(objects, new TreeWriter(objects, empty).write(entries), Optional.empty());
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final IgnoreRules ignored;
        private final SortedMap<String, Optional<TreeEntry>> entries;

        Visitor(Path root, IgnoreRules ignored, SortedMap<String, Optional<TreeEntry>> entries) {
            this.root = root;
            this.ignored = ignored;
            this.entries = entries;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skip = !folder.equals(root) && (isGit(folder) || ignored.ignores(name(folder), true));
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String path = name(file);
            if (!isGit(file) && !ignored.ignores(path, false)) {
                entries.put(path, Optional.of(entry(path, file, attributes)));
            }
            return FileVisitResult.CONTINUE;
        }

        private String name(Path file) {
            return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        }
    }

    private static boolean isGit(Path file) {
        return String.valueOf(file.getFileName()).equalsIgnoreCase(Constants.DOT_GIT);
    }

    private TreeEntry entry(String path, Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isSymbolicLink()) {
            byte[] target = Constants.encode(Files.readSymbolicLink(file).toString());
            return new TreeEntry(path, EntryMode.SYMLINK, EntryId.of(objects.add(Constants.OBJ_BLOB, target)));
        }
        if (!attributes.isRegularFile()) {
            throw RegistryException.usage(
                    path + " is neither a file, a folder nor a link.", "Remove it from the checkout.");
        }
        EntryMode mode = isMarkedExecutable(file) ? EntryMode.EXECUTABLE : EntryMode.FILE;
        return new TreeEntry(path, mode, EntryId.of(blob(path, file, attributes)));
    }

    private ObjectId blob(String path, Path file, BasicFileAttributes attributes) throws IOException {
        Optional<ObjectId> known = tracked.unchanged(path, attributes).filter(objects::has);
        if (known.isPresent()) {
            return known.get();
        }
        if (attributes.size() > MAX_FILE) {
            throw RegistryException.usage(
                    path + " has " + attributes.size() + " bytes: too many for a registry.",
                    "Artifacts belong into a store: 'modelgate register'. Remove the file, or let Git ignore it.");
        }
        return objects.add(Constants.OBJ_BLOB, Files.readAllBytes(file));
    }

    private static boolean isMarkedExecutable(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
                        .contains(PosixFilePermission.OWNER_EXECUTE);
    }
}
