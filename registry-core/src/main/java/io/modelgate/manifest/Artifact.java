package io.modelgate.manifest;

import java.util.Arrays;
import java.util.Optional;

/**
 * One file of a version, kept in a store outside Git.
 *
 * @param path relative, slash-separated
 * @param digest of its bytes
 * @param size in bytes, at least 1
 * @param format what it is, such as {@code onnx}
 */
public record Artifact(String path, Digest digest, long size, Optional<String> format) {
    /** How the names of files begin that are being written; no artifact may be called so, or one could take the place of another. */
    public static final String TEMPORARY = ".incoming-";

    private static final int LONGEST_PATH = 1024;

    public Artifact {
        requirePath(path);
        if (size < 1) {
            throw new IllegalArgumentException("artifact " + path + " has the size " + size + ", must be at least 1");
        }
    }

    /** The path itself; throws {@link IllegalArgumentException} when it could lead anywhere but into its folder. */
    public static String requirePath(String path) {
        boolean strange = path.length() > LONGEST_PATH
                || path.indexOf('\\') >= 0
                || path.indexOf('\n') >= 0
                || !Characters.isPlainlyVisible(path)
                || Arrays.stream(path.split("/", -1)).anyMatch(Artifact::isNoName);
        if (strange) {
            throw new IllegalArgumentException(
                    "'" + path + "' is not an artifact path: relative, with '/' between names,"
                            + " without '..', '\\' or invisible characters, at most " + LONGEST_PATH + " characters");
        }
        if (Arrays.stream(path.split("/", -1)).anyMatch(Artifact::isTemporary)) {
            throw new IllegalArgumentException("'" + path + "' is not an artifact path: names that begin with "
                    + TEMPORARY + " are those of temporary files");
        }
        return path;
    }

    private static boolean isTemporary(String segment) {
        return segment.startsWith(".") && ArtifactPaths.folded(segment).startsWith(TEMPORARY);
    }

    /** Reads one; empty, with findings noted, when something is wrong. */
    public static Optional<Artifact> of(Fields fields) {
        Optional<String> path = fields.parsed("path", Artifact::requirePath);
        Optional<Digest> digest = fields.parsed("digest", Digest::parse);
        long size = fields.integer("size");
        Optional<String> format = fields.optionalText("format");
        if (fields.has("size") && size < 1) {
            fields.refuse("size", "size is " + size + ", must be at least 1", "Correct the size.");
        }
        return size < 1 ? Optional.empty() : path.flatMap(p -> digest.map(d -> new Artifact(p, d, size, format)));
    }

    Node.Mapping toNode() {
        return new MappingBuilder()
                .text("path", path)
                .text("digest", digest)
                .number("size", size)
                .text("format", format)
                .build();
    }

    private static boolean isNoName(String segment) {
        return segment.isEmpty() || segment.equals(".") || segment.equals("..");
    }
}
