package io.modelgate.cli;

import io.modelgate.Session;
import io.modelgate.store.ArtifactCache;
import io.modelgate.store.CacheFolder;
import io.modelgate.store.Progress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Makes the session of a command from its terminal. */
final class Sessions {
    private Sessions() {}

    /** The user is who {@code --as} names, else {@code MODELGATE_USER}. */
    static Session of(Terminal terminal, Optional<String> as) {
        Map<String, String> environment = terminal.environment();
        Optional<String> user = as.or(() -> Optional.ofNullable(environment.get("MODELGATE_USER")))
                .filter(name -> !name.isBlank());
        Progress progress =
                terminal.rich() ? new ProgressBar(terminal.err(), terminal.clock()) : new Warnings(terminal);
        return new Session(user, terminal.clock(), environment, cache(terminal), progress);
    }

    /** The cache of artifacts of the user at a terminal. */
    static ArtifactCache artifacts(Terminal terminal) {
        return ArtifactCache.of(cache(terminal), terminal.environment());
    }

    private static Path cache(Terminal terminal) {
        return CacheFolder.of(terminal.environment(), terminal.path(""), Path.of(System.getProperty("user.home", "")));
    }
}
