package io.modelgate.manifest;

/**
 * A version and the bytes it stands for.
 *
 * @param version the version
 * @param manifest digest of the bytes of its {@code version.yaml}
 * @param artifacts root digest of its artifacts
 */
public record VersionTarget(Version version, Digest manifest, Digest artifacts) {}
