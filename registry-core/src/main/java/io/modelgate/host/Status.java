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

    /** The description, cut where a host takes no more characters than these. */
    public String description(int longest) {
        return description.length() > longest ? description.substring(0, longest) + " …" : description;
    }

    /** How it stands. */
    public enum State {
        SUCCESS,
        FAILURE,
        PENDING;

        /** The word in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The word of Bitbucket, where it is a build. */
        public String build() {
            return switch (this) {
                case SUCCESS -> "SUCCESSFUL";
                case FAILURE -> "FAILED";
                case PENDING -> "INPROGRESS";
            };
        }
    }
}
