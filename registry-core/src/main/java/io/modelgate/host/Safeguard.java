package io.modelgate.host;

import java.util.List;
import java.util.Optional;

/**
 * One thing that a registry rests on: most keep a Git host from letting a change pass by the gate.
 *
 * @param name a word or two
 * @param state whether it holds
 * @param said what was found, a sentence
 * @param remedy what to do when it does not hold; empty otherwise
 * @param mergers who alone may merge, by the names that {@link GitHost#user} takes, whoever belongs to a group aside; empty where
 *     the safeguard says nothing of that
 */
public record Safeguard(String name, State state, String said, String remedy, Optional<List<String>> mergers) {
    public Safeguard {
        mergers = mergers.map(List::copyOf);
    }

    private Safeguard(String name, State state, String said, String remedy) {
        this(name, state, said, remedy, Optional.empty());
    }

    /** Whether a safeguard holds. */
    public enum State {
        HOLDS,
        MISSING,
        /** It cannot be seen with this user's rights, or it depends on whom one trusts. */
        DOUBTFUL
    }

    /** It holds. */
    public static Safeguard holds(String name, String said) {
        return new Safeguard(name, State.HOLDS, said, "");
    }

    /** It does not. */
    public static Safeguard missing(String name, String said, String remedy) {
        return new Safeguard(name, State.MISSING, said, remedy);
    }

    /** It cannot be told. */
    public static Safeguard doubtful(String name, String said, String remedy) {
        return new Safeguard(name, State.DOUBTFUL, said, remedy);
    }

    /** The same, which says that these alone may merge. */
    Safeguard mergedBy(List<String> logins) {
        return new Safeguard(name, state, said, remedy, Optional.of(logins));
    }

    /** Holds, or is missing. */
    public static Safeguard of(boolean holds, String name, String said, String otherwise, String remedy) {
        return holds ? holds(name, said) : missing(name, otherwise, remedy);
    }
}
