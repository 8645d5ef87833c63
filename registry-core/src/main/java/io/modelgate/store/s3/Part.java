package io.modelgate.store.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** Some bytes of an object on their way, with the checksum by which the server tells that they came whole. */
final class Part {
    /** Up to ten thousand parts of 8 MiB make 80 GB; a larger object has larger parts. */
    static final int SMALLEST = 8 << 20;

    static final int MOST_PARTS = 10_000;

    private static final long UNIT = 1 << 20;

    private final int number;
    private final byte[] bytes;
    private final int length;
    private final String checksum;
    private final Queue<InputStream> readers = new ConcurrentLinkedQueue<>();

    /** @param length how many of the bytes are of this part, which nobody may change before it {@link #wasRead} */
    Part(int number, byte[] bytes, int length) {
        this.number = number;
        this.bytes = bytes;
        this.length = length;
        this.checksum = checksum(bytes, length);
    }

    /** How many bytes each part of an object has, the last one excepted; the same whenever it is asked. */
    static long size(long object) {
        long least = (object + MOST_PARTS - 1) / MOST_PARTS;
        return Math.max(SMALLEST, (least + UNIT - 1) / UNIT * UNIT);
    }

    int number() {
        return number;
    }

    long length() {
        return length;
    }

    String checksum() {
        return checksum;
    }

    /** Without a copy. */
    RequestBody body() {
        ContentStreamProvider content = () -> {
            InputStream reader = new ByteArrayInputStream(bytes, 0, length);
            readers.add(reader);
            return reader;
        };
        return RequestBody.fromContentProvider(content, length, "application/octet-stream");
    }

    /**
     * Whether all who began to read the bytes have read the last one. A server that answers early, or an attempt that was given up,
     * leaves somebody who reads on.
     */
    boolean wasRead() throws IOException {
        for (InputStream reader : readers) {
            if (reader.available() > 0) {
                return false;
            }
        }
        return true;
    }

    /** CRC32C as S3 writes it: big-endian, in Base64. */
    private static String checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return Base64.getEncoder()
                .encodeToString(
                        ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
