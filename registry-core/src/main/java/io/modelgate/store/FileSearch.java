package io.modelgate.store;

import io.modelgate.finding.Checked;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.ArtifactPaths;
import io.modelgate.manifest.RootDigest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks for the files that somebody named, and notes everything that cannot be part of a version. */
final class FileSearch extends SimpleFileVisitor<Path> {
    private static final int MOST_FILES = 100_000;
    private static final String NOT_DECODED = "\uFFFD";

    private final SortedMap<String, Path> files = new TreeMap<>(RootDigest.PATH_ORDER);
    private final FileFindings findings = new FileFindings();
    private Path root = Path.of("");

    Checked<FileTree> run(List<Path> given) {
        for (Path each : given) {
            int before = files.size() + findings.size();
            start(each);
            if (files.size() + findings.size() == before) {
                findings.add("store/empty", each, "There is no file in it.", "Put the model's files into it.");
            }
        }
        return end();
    }

    /** One file of a folder, by its name relative to it. */
    void add(Path folder, Path file) {
        root = folder;
        try {
            visitFile(file, attributes(file));
        } catch (IOException e) {
            visitFileFailed(file, e);
        }
    }

    /** What was found. */
    Checked<FileTree> end() {
        List<String> names = List.copyOf(files.keySet());
        for (ArtifactPaths.Problem clash : ArtifactPaths.clashes(names)) {
            String name = names.get(clash.index());
            findings.add("store/name", files.getOrDefault(name, root), clash.message() + ".", clash.remedy());
        }
        return Checked.of(new FileTree(files), findings.list());
    }

    void start(Path given) {
        root = given;
        try {
            BasicFileAttributes attributes = attributes(given);
            if (attributes.isDirectory()) {
                Files.walkFileTree(given, this);
            } else {
                root = given.toAbsolutePath().resolveSibling("");
                visitFile(given.toAbsolutePath(), attributes);
            }
        } catch (IOException e) {
            visitFileFailed(given, e);
        }
        if (files.size() > MOST_FILES) {
            findings.add("store/too-many", given, "There are more than " + MOST_FILES + " files.", "Pack them.");
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        Path name = folder.getFileName();
        if (name != null && name.toString().equals(".git")) {
            findings.add(
                    "store/git-folder",
                    folder,
                    "This is the inside of a Git repository, not a part of a model.",
                    "Give a folder without it, for example from 'git archive HEAD | tar -x -C <folder>'.");
            return FileVisitResult.SKIP_SUBTREE;
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            addFile(file);
        } else if (attributes.isSymbolicLink()) {
            findings.add(
                    "store/link",
                    file,
                    "This is a symbolic link, and what it leads to can change.",
                    "Give the files themselves, for example a copy: 'cp -rL <folder> <copy>'.");
        } else {
            findings.add("store/special-file", file, "This is not a regular file.", "Take it away.");
        }
        return files.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
        findings.unreadable(file, e);
        return FileVisitResult.CONTINUE;
    }

    private void addFile(Path file) {
        String separator = file.getFileSystem().getSeparator();
        String relative = root.relativize(file).toString();
        String name = separator.equals("/") ? relative : relative.replace(separator, "/");
        if (name.contains(NOT_DECODED)) {
            findings.add(
                    "store/name",
                    file,
                    "Its name is not text in UTF-8, or the locale keeps Java from reading it.",
                    "Rename it, or set LC_ALL=C.UTF-8.");
            return;
        }
        try {
            Path other = files.putIfAbsent(Artifact.requirePath(name), file);
            if (other != null) {
                findings.add(
                        "store/name",
                        file,
                        "It would have the same name as " + other + " in the version, " + name + ".",
                        "Put both into one folder under different names, and give that.");
            }
        } catch (IllegalArgumentException e) {
            findings.add("store/name", file, e.getMessage() + ".", "Give it a name that people can see and type.");
        }
    }

    static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
