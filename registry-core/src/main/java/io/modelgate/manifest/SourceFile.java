package io.modelgate.manifest;

import java.nio.charset.StandardCharsets;

/** The bytes of one file at a path: what a reader reads and a writer writes. The bytes are never changed. */
public final class SourceFile {
    private final String path;
    private final byte[] bytes;

    /** @param path slash-separated path, as findings will show it; {@code bytes} is copied */
    public SourceFile(String path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes.clone();
    }

    /** A file with this text in UTF-8. */
    public static SourceFile of(String path, String text) {
        return new SourceFile(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public String path() {
        return path;
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    /** The bytes as UTF-8 text; malformed sequences become U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public Digest digest() {
        return Digest.of(bytes);
    }

    @Override
    public String toString() {
        return path + " (" + bytes.length + " bytes)";
    }
}
