package io.modelgate.store;

import io.modelgate.manifest.Digest;

/**
 * A file of a version: its name and what its bytes must be.
 *
 * @param path slash-separated, relative to the folder of the version
 * @param digest of the bytes
 * @param size in bytes
 */
public record FileDigest(String path, Digest digest, long size) {}
