package io.modelgate.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One spelling for one value. */
class DerTest {
    @ParameterizedTest
    @CsvSource({"020101, 1", "02017f, 127", "02020080, 128", "020200ff, 255", "02020100, 256", "020100, 0"})
    void readsIntegers(String hex, long value) {
        Der der = new Der(HexFormat.of().parseHex(hex));
        assertThat(der.sees(Der.INTEGER)).isTrue();
        assertThat(der.sees(Der.SEQUENCE)).isFalse();
        assertThat(der.positive()).isEqualTo(BigInteger.valueOf(value));
        assertThat(der.sees(Der.INTEGER)).isFalse();
        der.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "02",
                "0200",
                "020180",
                "02020001",
                "0202007f",
                "0201",
                "020201",
                "0281010101",
                "02820001",
                "0280",
                "0284000000010101",
                "300101",
                "0285",
                "02020000", // two bytes where one is enough
                "02820001" + "01", // a length with a byte too many
                "02810101", // the long form of a short length
            })
    void refusesOtherSpellings(String hex) {
        assertThatThrownBy(() -> new Der(HexFormat.of().parseHex(hex)).positive())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 100_000})
    void readsWhatItWrites(int length) {
        byte[] element = Der.element(Der.OCTET_STRING, new byte[length]);
        Der der = new Der(element);
        assertThat(der.next(Der.OCTET_STRING)).hasSize(length);
        der.end();
        assertThat(element.length - length).isEqualTo(length < 128 ? 2 : length < 256 ? 3 : length < 65_536 ? 4 : 5);
    }

    @Test
    void readsTheShortestLengthOnly() {
        for (String head : List.of("02817f", "028200ff", "028300ffff", "028400010000", "0284000000ff")) {
            byte[] element = Arrays.copyOf(HexFormat.of().parseHex(head), 70_000);
            Arrays.fill(element, head.length() / 2, element.length, (byte) 1);
            assertThatThrownBy(() -> new Der(element).next(Der.INTEGER))
                    .as(head)
                    .hasMessageContaining("a length is");
        }
        for (String head : List.of("028180", "0281ff", "02820100", "0282ffff", "0283010000")) {
            byte[] element = Arrays.copyOf(HexFormat.of().parseHex(head), 70_000);
            int length = Integer.parseInt(head.substring(4), 16);
            assertThat(new Der(element).next(Der.INTEGER)).as(head).hasSize(length);
        }
    }

    @Test
    void noticesWhatComesAfterTheEnd() {
        Der der = new Der(new byte[] {2, 1, 1, 0});
        der.positive();
        assertThatThrownBy(der::end).hasMessage("there is more after its end");
    }
}
