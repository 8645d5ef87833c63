package io.modelgate.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Variables that somebody gives beside those of the process, such as a build its {@code AWS_PROFILE}: they count before the
 * process's own. Many are secret, so no words show their values.
 */
public final class GivenVariables {
    /** Only the process's own count. */
    public static final GivenVariables NONE = new GivenVariables(Map.of());

    private final Map<String, String> values;

    private GivenVariables(Map<String, String> values) {
        this.values = values;
    }

    /** These, without those that are blank. */
    public static GivenVariables of(Map<String, String> values) {
        Map<String, String> said = new HashMap<>(values);
        said.values().removeIf(String::isBlank);
        return said.isEmpty() ? NONE : new GivenVariables(Map.copyOf(said));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The value of the first of these names that is given. */
    public Optional<String> first(String... names) {
        for (String name : names) {
            String value = values.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** An environment in which what is given counts first. */
    public Map<String, String> over(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(values);
        return Map.copyOf(all);
    }

    @Override
    public String toString() {
        return values.size() + " given variables";
    }
}
