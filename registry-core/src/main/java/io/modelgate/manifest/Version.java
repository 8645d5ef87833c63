package io.modelgate.manifest;

import org.semver4j.Semver;

/**
 * A version of a model: strict SemVer 2.0.0, at most 128 characters, without build metadata (a version is one directory,
 * and SemVer calls versions that differ in build metadata alone equal).
 */
public final class Version implements Comparable<Version> {
    private static final int MAX_LENGTH = 128;
    private final Semver semver;

    private Version(Semver semver) {
        this.semver = semver;
    }

    /** Reads a version; throws {@link IllegalArgumentException} with a message for people. */
    public static Version parse(String text) {
        Semver semver = text.length() > MAX_LENGTH ? null : Semver.parse(text);
        if (semver == null
                || !semver.getVersion().equals(text)
                || !semver.getBuild().isEmpty()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a version: write MAJOR.MINOR.PATCH or MAJOR.MINOR.PATCH-label, such as 1.4.0");
        }
        return new Version(semver);
    }

    /** Whether it has a pre-release label, such as {@code -rc.1}. */
    public boolean isPreRelease() {
        return !semver.getPreRelease().isEmpty();
    }

    @Override
    public int compareTo(Version other) {
        return semver.compareTo(other.semver);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return semver.getVersion();
    }
}
