package io.jenkins.plugins.modelgate;

import io.modelgate.store.GivenVariables;
import io.modelgate.store.Stores;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables in the environment of a build that stores take logins from, such as those of {@code withCredentials}. They count
 * on the node where the build runs; nothing shows them.
 */
final class StoreLogins implements Serializable {
    private static final long serialVersionUID = 1L;

    static final StoreLogins NONE = new StoreLogins(Map.of());

    private final HashMap<String, String> variables;

    private StoreLogins(Map<String, String> variables) {
        this.variables = new HashMap<>(variables);
    }

    static StoreLogins of(Map<String, String> environment) {
        Map<String, String> wanted = new HashMap<>(environment);
        wanted.keySet().retainAll(Stores.variables());
        return new StoreLogins(wanted);
    }

    GivenVariables given() {
        return GivenVariables.of(variables);
    }

    @Override
    public String toString() {
        return "logins of stores";
    }
}
