package io.modelgate.host;

import java.util.List;

/**
 * Which proposals may be other than they were.
 *
 * @param proposals their numbers, open or not any more; some may be the same as before
 * @param cursor where the next question goes on from; empty where every question starts anew
 */
public record Changes(List<Integer> proposals, String cursor) {
    public Changes {
        proposals = List.copyOf(proposals);
    }
}
