package io.modelgate.git;

import org.eclipse.jgit.lib.Repository;

/** Stricter than Git about names of refs: none can be taken for an option, an expression or a path. */
final class RefNames {
    private RefNames() {}

    static String require(String ref) {
        if (!ref.startsWith("refs/")
                || !Repository.isValidRefName(ref)
                || !ref.chars().allMatch(RefNames::isPlain)) {
            throw new IllegalArgumentException("'" + ref + "' is not a ref name that a registry uses");
        }
        return ref;
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "/._-+@".indexOf(c) >= 0;
    }
}
