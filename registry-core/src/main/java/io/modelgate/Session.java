package io.modelgate;

import io.modelgate.store.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Who uses a registry, and with what.
 *
 * @param user who the user says to be, on a host that takes their word for it; empty elsewhere
 * @param clock tells what now is: every decision that depends on time asks it
 * @param environment environment variables (credentials come from there)
 * @param cache folder for caches; may not exist yet
 * @param progress told about long work
 */
public record Session(
        Optional<String> user, Clock clock, Map<String, String> environment, Path cache, Progress progress) {
    public Session {
        environment = Map.copyOf(environment);
    }
}
