package io.modelgate.manifest;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks that the artifacts of a version can lie side by side in one folder on every file system. */
public final class ArtifactPaths {
    /** What is wrong with the path at an index. */
    public record Problem(int index, String message, String remedy) {}

    private ArtifactPaths() {}

    /** Everything wrong with paths, each of them right in itself, that are to lie in one folder. */
    public static List<Problem> clashes(List<String> paths) {
        Map<String, String> seen = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String other = seen.putIfAbsent(folded(paths.get(i)), paths.get(i));
            if (other != null) {
                problems.add(new Problem(i, clash(paths.get(i), other), "Give every artifact a name of its own."));
            }
        }
        for (int i = 0; i < paths.size(); i++) {
            Optional<String> file = fileAbove(paths.get(i), seen);
            if (file.isPresent()) {
                String message = paths.get(i) + " needs a folder where " + file.get() + " is a file";
                problems.add(new Problem(i, message, "Rename one of them."));
            }
        }
        return problems;
    }

    /** The first thing wrong, their order included, or empty. */
    static Optional<Problem> check(List<Artifact> artifacts) {
        List<String> paths = artifacts.stream().map(Artifact::path).toList();
        return Stream.concat(clashes(paths).stream(), disorder(paths).stream()).findFirst();
    }

    private static Optional<Problem> disorder(List<String> paths) {
        return IntStream.range(1, paths.size())
                .filter(i -> RootDigest.PATH_ORDER.compare(paths.get(i - 1), paths.get(i)) > 0)
                .mapToObj(i -> new Problem(
                        i,
                        "path is " + paths.get(i) + ", which belongs before " + paths.get(i - 1),
                        "Sort the artifacts by path."))
                .findFirst();
    }

    private static String clash(String path, String other) {
        return path.equals(other)
                ? "path " + path + " is there twice"
                : "path " + path + " is the same file as " + other + " on some file systems";
    }

    private static Optional<String> fileAbove(String path, Map<String, String> files) {
        String folded = folded(path);
        for (int slash = folded.indexOf('/'); slash >= 0; slash = folded.indexOf('/', slash + 1)) {
            String above = files.get(folded.substring(0, slash));
            if (above != null) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    /** Equal for names that a file system may hold to be the same. */
    static String folded(String path) {
        String upper = Normalizer.normalize(path, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }
}
