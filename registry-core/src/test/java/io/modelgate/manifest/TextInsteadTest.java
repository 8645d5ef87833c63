package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextInsteadTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80% | number | Write 0.8.",
                "12,5 % | number | Write 0.125.",
                "0,8 | number | Write 0.8.",
                "0.8 | number | Write 0.8 without quotes.",
                "yes | boolean | Write true.",
                "Off | boolean | Write false.",
                "prod | array | Write [prod].",
                "words | number | Correct the value.",
                "words | object | Write keys and values below it.",
            })
    void saysWhatSomebodyMeant(String text, String type, String remedy) {
        assertThat(TextInstead.remedy(text, List.of(type))).isEqualTo(remedy);
    }
}
