package io.modelgate.host;

import io.modelgate.policy.Review;

/**
 * A review to give.
 *
 * @param state what it says
 * @param text words; may be empty
 */
public record ReviewDraft(Review.State state, String text) {
    private static final int LONGEST = 60_000;

    public ReviewDraft {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a review has at most " + LONGEST + " characters");
        }
    }
}
