package io.modelgate.host;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind its hook, whose policy wants a review: what every push around the gate is tried on. */
abstract class HookedPushes {
    @TempDir
    Path folder;

    HookedRegistry registry;

    @BeforeEach
    void init() throws Exception {
        registry = new HookedRegistry(folder, HookedRegistry.REVIEWED);
    }

    @AfterEach
    void close() throws Exception {
        registry.close();
    }
}
