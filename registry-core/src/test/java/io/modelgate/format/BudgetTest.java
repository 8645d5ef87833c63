package io.modelgate.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files that unpack to much are refused as one would be. */
class BudgetTest {
    @TempDir
    Path folder;

    @Test
    void boundsWhatSeveralFilesUnpackToTogether() throws IOException {
        Path file = Files.write(folder.resolve("weights.gz"), packed(1 << 20));
        Budget budget = Budget.of((3 << 20) + 1000);
        for (int i = 0; i < 3; i++) {
            assertThat(examine(file, budget).problems()).isEmpty();
        }
        assertThat(examine(file, budget).problems())
                .anySatisfy(problem -> assertThat(problem).contains("unpack to more than may be read"));
    }

    @Test
    void isEnoughForOneVersion() throws IOException {
        Path file = Files.write(folder.resolve("weights.gz"), packed(4 << 20));
        Budget budget = Budget.ofVersion();
        for (int i = 0; i < 20; i++) {
            assertThat(examine(file, budget).intact()).isTrue();
        }
    }

    private static Examined examine(Path file, Budget budget) throws IOException {
        try (SeekableByteChannel bytes = Files.newByteChannel(file)) {
            return FormatReader.examine(bytes, file.toString(), budget);
        }
    }

    /** Text that does not look like a bomb. */
    private static byte[] packed(int size) throws IOException {
        byte[] digits = new byte[size];
        Random random = new Random(7);
        for (int i = 0; i < size; i++) {
            digits[i] = (byte) ('0' + random.nextInt(10));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(digits);
        }
        return bytes.toByteArray();
    }
}
