package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What YAML and JSON read between double quotes, as far as digits go; a dot is anything else. */
class EscapedDigitsTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "ab:C0,ab.c0",
                "\\x62cb,bcb",
                "\\u0062\\U00000063d,bcd",
                "\\x6G1,..1",
                "a\\\\x62,a..62",
                "a\\nb,a.b",
                "\\u0162a,.a",
                "\\x6,''",
                "1\\LF  \t2,12",
                "1\\CRLF2,12",
                "1LF2,1.2",
                "\\x6\\x62,.b",
            })
    void readsEscapes(String written, String read) {
        StringBuilder found = new StringBuilder();
        EscapedDigits digits = new EscapedDigits(c -> found.append(c == EscapedDigits.OTHER ? '.' : (char) c));
        String text = written.replace("CRLF", "\r\n").replace("LF", "\n");
        for (byte each : text.getBytes(StandardCharsets.UTF_16LE)) {
            digits.take(each);
        }
        assertThat(found.toString()).isEqualTo(read);
    }
}
