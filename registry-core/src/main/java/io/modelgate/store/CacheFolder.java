package io.modelgate.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a user's caches are: {@code MODELGATE_CACHE}, else {@code modelgate} in {@code XDG_CACHE_HOME} or in {@code ~/.cache}. */
public final class CacheFolder {
    private CacheFolder() {}

    /**
     * The folder; may not exist yet. A variable that is blank says nothing.
     *
     * @param base what relative folders in variables are relative to
     * @param userHome where no {@code HOME} or {@code USERPROFILE} is set
     */
    public static Path of(Map<String, String> environment, Path base, Path userHome) {
        return named(environment, "MODELGATE_CACHE", base)
                .or(() -> named(environment, "XDG_CACHE_HOME", base).map(each -> each.resolve("modelgate")))
                .orElseGet(() -> named(environment, "HOME", base)
                        .or(() -> named(environment, "USERPROFILE", base))
                        .orElse(userHome)
                        .resolve(".cache")
                        .resolve("modelgate"));
    }

    private static Optional<Path> named(Map<String, String> environment, String variable, Path base) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(base::resolve);
    }
}
