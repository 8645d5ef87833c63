package io.modelgate.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files larger than any memory: what is inside is skipped, not read. */
class LargeFileTest {
    private static final long GIB = 1L << 30;

    @Test
    void skipsTheTensorsOfOnnx() {
        byte[] tensor = join(bytes(0x4a), varint(5 * GIB)); // raw_data
        byte[] graph = join(bytes(0x2a), varint(tensor.length + 5 * GIB), tensor);
        byte[] head = join(bytes(8, 9, 0x3a), varint(graph.length + 5 * GIB), graph);
        Zeros file = new Zeros(head, head.length + 5 * GIB);

        assertThat(FormatReader.examine(file, "model.onnx"))
                .isEqualTo(new Examined(Format.ONNX, false, Optional.empty(), List.of(), List.of()));
        assertThat(file.read).isLessThan(200_000);
    }

    @Test
    void skipsTheTensorsOfSafetensors() {
        String json =
                "{\"weight\":{\"dtype\":\"U8\",\"shape\":[" + 70 * GIB + "],\"data_offsets\":[0," + 70 * GIB + "]}}";
        byte[] head = join(little(json.length()), json.getBytes(US_ASCII));
        Zeros file = new Zeros(head, head.length + 70 * GIB);

        Examined examined = FormatReader.examine(file, "model.bin");

        assertThat(examined.format()).isEqualTo(Format.SAFETENSORS);
        assertThat(examined.problems()).isEmpty();
        assertThat(file.read).isLessThan(200_000);
    }

    @Test
    void skipsTheBytesInAPickle() {
        byte[] head = join(bytes(0x80, 5, 0x8e), little(9 * GIB));
        Zeros file = new Zeros(head, head.length + 9 * GIB);

        Examined examined = FormatReader.examine(file, "model.bin");

        assertThat(examined.format()).isEqualTo(Format.PICKLE);
        assertThat(examined.problems()).singleElement().asString().contains("cut");
        assertThat(file.read).isLessThan(200_000);
    }

    @Test
    void readsLittleOfWhatItDoesNotKnow() {
        Zeros file = new Zeros(new byte[0], 100 * GIB);

        assertThat(FormatReader.examine(file, "model.bin").format()).isEqualTo(Format.UNKNOWN);
        assertThat(file.read).isLessThan(3 << 20);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] little(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] each : parts) {
            out.writeBytes(each);
        }
        return out.toByteArray();
    }

    /** A beginning, and then zeros without end; counts what is read. */
    private static final class Zeros implements SeekableByteChannel {
        private final byte[] head;
        private final long size;
        private long position;
        private long read;

        Zeros(byte[] head, long size) {
            this.head = head;
            this.size = size;
        }

        @Override
        public int read(ByteBuffer into) {
            int count = 0;
            while (into.hasRemaining() && position < size) {
                into.put(position < head.length ? head[(int) position] : 0);
                position++;
                count++;
            }
            read += count;
            return count == 0 ? -1 : count;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long to) {
            position = to;
            return this;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public SeekableByteChannel truncate(long to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
