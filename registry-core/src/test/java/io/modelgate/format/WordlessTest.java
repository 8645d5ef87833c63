package io.modelgate.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that says nothing is told from one that says something. */
class WordlessTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{                                                                    }",
                "[[], [], [], [], [], [], [], []]",
                "{\"age\": 0, \"income\": 0.000}",
                "{\"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4}",
                "{\"v\": [null, null, true, false, NaN, 1]}",
                "................................",
                "0,0,0\n0,0,0\n0,0,0\n",
                "see the notebook\n",
                "- \n- \n- \n- \n",
            })
    void hearsNothing(String text) throws IOException {
        assertThat(examine(text).saysNothing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"age\": 0, \"income\": 0.25}",
                "feature,importance\nage,0.25\n",
                "The answer depends on age and income alone.",
                "alter,wichtigkeit\ngröße,1\n",
            })
    void hearsAWord(String text) throws IOException {
        assertThat(examine(text).saysNothing()).isFalse();
    }

    @Test
    void asksNobodyButTexts() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[100]);
        assertThat(FormatReader.examine(file).saysNothing()).isFalse();
    }

    private Examined examine(String text) throws IOException {
        return FormatReader.examine(Files.write(folder.resolve("file.json"), text.getBytes(UTF_8)));
    }
}
