package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
    private static final Path BASE = Path.of("/base");
    private static final Path HOME = Path.of("/user");

    private static Path of(Map<String, String> environment) {
        return CacheFolder.of(environment, BASE, HOME);
    }

    @Test
    void isWhatTheVariablesSayInTheirOrder() {
        assertThat(of(Map.of("MODELGATE_CACHE", "/m", "XDG_CACHE_HOME", "/x", "HOME", "/h")))
                .isEqualTo(Path.of("/m"));
        assertThat(of(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/h"))).isEqualTo(Path.of("/x/modelgate"));
        assertThat(of(Map.of("HOME", "/h", "USERPROFILE", "/u"))).isEqualTo(Path.of("/h/.cache/modelgate"));
        assertThat(of(Map.of("USERPROFILE", "/u"))).isEqualTo(Path.of("/u/.cache/modelgate"));
        assertThat(of(Map.of())).isEqualTo(Path.of("/user/.cache/modelgate"));
    }

    @Test
    void blankVariablesSayNothing() {
        assertThat(of(Map.of("MODELGATE_CACHE", " ", "XDG_CACHE_HOME", "", "HOME", " ")))
                .isEqualTo(Path.of("/user/.cache/modelgate"));
    }

    @Test
    void relativeFoldersBeginWhereTheCommandWasTyped() {
        assertThat(of(Map.of("MODELGATE_CACHE", "caches"))).isEqualTo(Path.of("/base/caches"));
        assertThat(of(Map.of("XDG_CACHE_HOME", "caches"))).isEqualTo(Path.of("/base/caches/modelgate"));
    }
}
