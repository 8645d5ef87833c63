package io.modelgate.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatTest {
    @ParameterizedTest
    @EnumSource
    void readsTheWordItWrites(Format format) {
        assertThat(Format.parse(format.id())).isEqualTo(format);
        assertThat(format.id()).matches("[a-z0-9-]+");
        assertThat(format.title()).isNotBlank();
    }

    @Test
    void listsTheWordsItKnows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Format.parse("ONNX"))
                .withMessageStartingWith("'ONNX' is no format. Known are: onnx, safetensors, gguf, pickle,");
    }

    @Test
    void saysThatAFileCannotBeRead() {
        assertThatThrownBy(() -> FormatReader.examine(Path.of("src/test/resources/format/no-such-file")))
                .isInstanceOf(UncheckedIOException.class);
    }
}
