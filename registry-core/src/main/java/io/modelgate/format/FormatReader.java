package io.modelgate.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells what a file is from its bytes, what it would call when loaded, and whether it is intact. Nothing is loaded, large files
 * are not read whole, and the work is bounded whatever the bytes are.
 */
public final class FormatReader {
    private FormatReader() {}

    /**
     * Examines a file.
     *
     * @param bytes positioned anywhere; stays open
     * @param path its name, used only for what the bytes leave open, such as whether a text is Python; never trusted
     * @throws UncheckedIOException if the bytes cannot be read
     */
    public static Examined examine(SeekableByteChannel bytes, String path) {
        return examine(bytes, path, Budget.ofVersion());
    }

    /** Examines one of several files; what they unpack to together is bounded by the budget. */
    public static Examined examine(SeekableByteChannel bytes, String path, Budget budget) {
        return Examination.of(new Sample(new ChannelBytes(bytes), path, new Limits(budget), 0))
                .examined();
    }

    /** Examines a file on disk; throws {@link UncheckedIOException} if it cannot be read. */
    public static Examined examine(Path file) {
        try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
            return examine(bytes, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
