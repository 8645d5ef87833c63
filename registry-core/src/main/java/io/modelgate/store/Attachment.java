package io.modelgate.store;

/** Something about a version that is kept beside its files, such as its signature. */
public final class Attachment {
    private final String name;
    private final String mediaType;
    private final byte[] bytes;

    /**
     * @param name its file name
     * @param mediaType what it is, such as {@code application/vnd.dev.sigstore.bundle.v0.3+json}
     * @param bytes all of it
     */
    public Attachment(String name, String mediaType, byte[] bytes) {
        this.name = name;
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
    }

    /** Its file name. */
    public String name() {
        return name;
    }

    /** What it is. */
    public String mediaType() {
        return mediaType;
    }

    /** A copy of all of it. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return name;
    }
}
