package io.modelgate.manifest;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Checks that the artifacts of a version can lie side by side in one folder on every file system. */
final class ArtifactPaths {
    /** What is wrong with the artifact at an index. */
    record Problem(int index, String message, String remedy) {}

    private ArtifactPaths() {}

    /** The first thing wrong, or empty. */
    static Optional<Problem> check(List<Artifact> artifacts) {
        Map<String, String> seen = new TreeMap<>();
        for (int i = 0; i < artifacts.size(); i++) {
            String path = artifacts.get(i).path();
            String other = seen.put(folded(path), path);
            if (other != null) {
                return Optional.of(new Problem(i, clash(path, other), "Give every artifact a name of its own."));
            }
            if (i > 0 && RootDigest.PATH_ORDER.compare(artifacts.get(i - 1).path(), path) > 0) {
                String message = "path is " + path + ", which belongs before "
                        + artifacts.get(i - 1).path();
                return Optional.of(new Problem(i, message, "Sort the artifacts by path."));
            }
        }
        for (int i = 0; i < artifacts.size(); i++) {
            Optional<String> file = fileAbove(artifacts.get(i).path(), seen);
            if (file.isPresent()) {
                String message = artifacts.get(i).path() + " needs a folder where " + file.get() + " is a file";
                return Optional.of(new Problem(i, message, "Rename one of them."));
            }
        }
        return Optional.empty();
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
    private static String folded(String path) {
        String upper = Normalizer.normalize(path, Normalizer.Form.NFC).toUpperCase(Locale.ROOT);
        return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }
}
