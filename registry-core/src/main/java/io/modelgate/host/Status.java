package io.modelgate.host;

import java.util.Locale;

/**
 * What the gate says of a commit, in the form that hosts show.
 *
 * @param state pass, fail or pending
 * @param description one line
 */
public record Status(State state, String description) {
    /** The one context that the gate sets. */
    public static final String CONTEXT = "modelgate/gate";

    /** How it stands. */
    public enum State {
        SUCCESS,
        FAILURE,
        PENDING;

        /** The word in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
