package io.modelgate.store;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;

/**
 * Finds files below one folder by patterns, and nothing outside of it: {@code out/model.onnx}, {@code out/tokenizer} (a folder
 * stands for what is below it), {@code reports/*.json}, {@code out/**}.
 */
public final class FilePatterns {
    private static final int MOST_FILES = 100_000;
    private static final String WILD = "*?[{";

    private final Path root;
    private final List<Finding> findings = new ArrayList<>();

    private FilePatterns(Path root) {
        this.root = root;
    }

    /**
     * The files, by the names that they have in a version: relative to the folder that a pattern begins with; a file that is
     * named whole has its own name. A pattern that nothing matches, one that leads out of the folder, and a link are findings.
     */
    public static Checked<FileTree> find(Path root, List<String> patterns) {
        FilePatterns search = new FilePatterns(root);
        FileSearch files = new FileSearch();
        patterns.forEach(pattern -> search.addReadable(pattern, files));
        Checked<FileTree> found = files.end();
        search.findings.addAll(found.findings());
        return found.value()
                .filter(tree -> search.findings.stream().noneMatch(Finding::blocks))
                .map(tree -> Checked.of(tree, search.findings))
                .orElseGet(() -> Checked.refused(search.findings));
    }

    private void addReadable(String pattern, FileSearch files) {
        try {
            add(pattern, files);
        } catch (InvalidPathException | PatternSyntaxException e) {
            refuse(pattern, "It is neither a path nor a pattern.", "Write it like 'out/model.onnx' or 'out/*.onnx'.");
        }
    }

    private void add(String pattern, FileSearch files) {
        String plain = pattern.strip().replace('\\', '/');
        List<String> parts = List.of(plain.split("/", -1));
        if (plain.isEmpty() || plain.startsWith("/") || parts.contains("..") || plain.matches("[A-Za-z]:.*")) {
            refuse(pattern, "It is not a path below the folder of the job.", "Write it relative, without '..'.");
            return;
        }
        int wild = 0;
        while (wild < parts.size() && parts.get(wild).chars().noneMatch(c -> WILD.indexOf(c) >= 0)) {
            wild++;
        }
        Path base = root.resolve(String.join("/", parts.subList(0, wild)));
        try {
            if (!Files.exists(base, LinkOption.NOFOLLOW_LINKS)) {
                refuse(pattern, "There is no such file.", "See what the job wrote, and where.");
            } else if (!base.toRealPath()
                    .equals(root.toRealPath().resolve(root.relativize(base)).normalize())) {
                refuse(pattern, "A symbolic link is on the way to it.", "Give the files themselves.");
            } else if (wild == parts.size()) {
                files.start(base);
            } else {
                matching(pattern, base, String.join("/", parts.subList(wild, parts.size())), files);
            }
        } catch (IOException e) {
            throw RegistryException.environment(base + " cannot be read.", "Check its permissions.", e);
        }
    }

    private void matching(String pattern, Path base, String glob, FileSearch files) throws IOException {
        List<PathMatcher> matchers = new ArrayList<>();
        matchers.add(base.getFileSystem().getPathMatcher("glob:" + glob));
        // as build tools read it, 'a/**/b' is also 'a/b'
        matchers.add(base.getFileSystem().getPathMatcher("glob:" + glob.replace("**/", "")));
        SortedMap<String, Path> found = new TreeMap<>();
        Files.walkFileTree(base, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path relative = base.relativize(file);
                if (matchers.stream().anyMatch(matcher -> matcher.matches(relative))) {
                    found.put(relative.toString(), file);
                }
                return found.size() > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        if (found.isEmpty()) {
            refuse(pattern, "No file matches it.", "See what the job wrote, and where.");
        }
        found.values().forEach(file -> files.add(base, file));
    }

    private void refuse(String pattern, String message, String remedy) {
        findings.add(Finding.block("store/pattern", Place.file(pattern), message, remedy));
    }
}
