package io.modelgate.git;

import org.eclipse.jgit.lib.Repository;

/** Stricter than Git about names of refs: none can be taken for an option, an expression or a path. */
final class RefNames {
    private static final int MAX_LENGTH = 400;

    private RefNames() {}

    static String require(String ref) {
        if (!isValid(ref)) {
            throw new IllegalArgumentException("'" + ref + "' is not a ref name that a registry uses");
        }
        return ref;
    }

    static boolean isValid(String ref) {
        return ref.startsWith("refs/")
                && ref.length() <= MAX_LENGTH
                && !ref.contains("/-")
                && Repository.isValidRefName(ref)
                && ref.chars().allMatch(RefNames::isPlain);
    }

    static String requirePrefix(String prefix) {
        if (!prefix.endsWith("/")) {
            throw new IllegalArgumentException("'" + prefix + "' does not end in a slash");
        }
        require(prefix + "x");
        return prefix;
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "/._-+@".indexOf(c) >= 0;
    }
}
