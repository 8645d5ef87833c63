package io.modelgate.store;

import java.util.Arrays;

/**
 * Something about a version, such as its signature.
 *
 * @param name its file name
 * @param mediaType what it is, such as {@code application/vnd.dev.sigstore.bundle.v0.3+json}
 * @param bytes all of it
 */
public record Attachment(String name, String mediaType, byte[] bytes) {
    public Attachment {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attachment that
                && name.equals(that.name)
                && mediaType.equals(that.mediaType)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return name;
    }
}
