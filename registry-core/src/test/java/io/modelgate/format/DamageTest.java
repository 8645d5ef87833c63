package io.modelgate.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Thousands of damaged files: nothing is thrown, and a pickle stays a pickle up to what it calls. */
class DamageTest {
    private static final int ROUNDS = 120;
    private static final long LARGE = 50_000;

    private static List<Path> files;

    @BeforeAll
    static void findFiles() throws IOException {
        try (Stream<Path> all = Files.walk(FixtureTest.FILES)) {
            files = all.filter(Files::isRegularFile)
                    .filter(each -> !each.getFileName().toString().startsWith("bomb"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void throwsNothingWhateverTheBytesAre() throws IOException {
        Random random = new Random(7);
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < (whole.length > LARGE ? 2 : ROUNDS); i++) {
                byte[] damaged = damaged(whole, 0, random);
                Examined examined = examine(damaged);

                if (startsLikeAPickle(damaged)) {
                    assertThat(examined.canRunCode())
                            .as("%s in round %d", file, i)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void findsACallBeforeTheDamage() throws IOException {
        Random random = new Random(8);
        int pickles = 0;
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            int called = endOfCall(whole);
            if (!FormatReader.examine(file).format().equals(Format.PICKLE) || called < 0) {
                continue;
            }
            pickles++;
            for (int i = 0; i < ROUNDS; i++) {
                Examined examined = examine(damaged(whole, called, random));

                assertThat(examined.canRunCode()).as("%s in round %d", file, i).isTrue();
                assertThat(examined.calls())
                        .hasValueSatisfying(calls -> assertThat(calls).contains("getpid"));
            }
            assertThat(examine(Arrays.copyOf(whole, called)).calls()).isPresent();
        }
        assertThat(pickles).isGreaterThan(12);
    }

    private static Examined examine(byte[] bytes) {
        return Examination.of(new Sample(new MemoryBytes(bytes), "model.txt", new Limits(Budget.ofVersion()), 0))
                .examined();
    }

    private static boolean startsLikeAPickle(byte[] bytes) {
        return bytes.length > 1 && (bytes[0] & 0xff) == 0x80 && bytes[1] >= 0 && bytes[1] <= 5;
    }

    /** After the opcode that calls what was named just before; -1 if nothing is called so. */
    private static int endOfCall(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        int named = text.indexOf("getpid");
        if (named < 0) {
            return -1;
        }
        if (text.startsWith("(i")) {
            return named + 7;
        }
        List<Integer> ends = new ArrayList<>();
        for (String opcode : List.of("R", "o", "\u0092", "\u0081")) {
            int found = text.indexOf(opcode, named + 6);
            if (found >= 0) {
                ends.add(found + 1);
            }
        }
        return ends.stream().min(Integer::compare).orElse(-1);
    }

    /** Cut, or with bytes changed, or with bytes put in; nothing before {@code from}. */
    private static byte[] damaged(byte[] whole, int from, Random random) {
        if (whole.length <= from) {
            return whole;
        }
        int place = from + random.nextInt(whole.length - from);
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(whole, place);
            case 1 -> changed(whole, from, random);
            default -> longer(whole, place, random);
        };
    }

    private static byte[] changed(byte[] whole, int from, Random random) {
        byte[] changed = whole.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            changed[from + random.nextInt(whole.length - from)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private static byte[] longer(byte[] whole, int place, Random random) {
        byte[] longer = new byte[whole.length + 5];
        System.arraycopy(whole, 0, longer, 0, place);
        for (int i = place; i < place + 5; i++) {
            longer[i] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
        }
        System.arraycopy(whole, place, longer, place + 5, whole.length - place);
        return longer;
    }
}
