package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePatternsTest {
    @TempDir
    Path work;

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a", "out/\0", ""})
    void findsFaultWithWhatIsNoPattern(String pattern) {
        assertThat(FilePatterns.find(work, List.of(pattern)).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.rule()).isEqualTo("store/pattern"));
    }
}
