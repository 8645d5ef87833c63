package io.modelgate.manifest;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;

/** The digest of all artifacts of a version together, as the OpenSSF Model Signing specification v1.0 defines it. */
public final class RootDigest {
    /** Paths in code-point order; {@link String#compareTo} differs above U+FFFF. */
    public static final Comparator<String> PATH_ORDER = RootDigest::compareCodePoints;

    private RootDigest() {}

    /** SHA-256 over the raw digests of the artifacts in code-point order of their paths, whatever order they come in. */
    public static Digest of(Collection<Artifact> artifacts) {
        MessageDigest root = Digest.sha256();
        artifacts.stream()
                .sorted(Comparator.comparing(Artifact::path, PATH_ORDER))
                .forEach(each -> root.update(each.digest().raw()));
        return Digest.ofRaw(root.digest());
    }

    private static int compareCodePoints(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Integer.compare(rank(a.charAt(i)), rank(b.charAt(i)));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Surrogates stand for code points above all others. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
