package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.http.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one comment of the gate on a proposal: found again by its marker and its author, edited, never a second one. */
public final class OneComment {
    private static final int TRIES = 3;

    private final Way way;
    private final int longest;

    /** The comments that were written here, by proposal: whoever can write can take the marker out of one. */
    private final Map<Integer, Long> known = new HashMap<>();

    /** How a host has comments; each has a number in {@code id}. */
    public interface Way {
        /** Those of this user on a proposal, the oldest first. */
        List<Json> own(int proposal);

        /** The text of one. */
        Optional<String> text(Json comment);

        /** Text in the words that the host shows, and keeps, as they are. */
        default String plain(String markdown) {
            return markdown;
        }

        /** Whether to look, one request more, if another gate wrote one at the same time; else that is seen the next time. */
        default boolean looksAgain() {
            return true;
        }

        /** Writes one. */
        void add(int proposal, String text);

        /** Gives one another text; false where somebody else did so just now. */
        boolean edit(int proposal, Json comment, String text);

        /** Takes one away, as far as that goes. */
        void delete(int proposal, Json comment);
    }

    /** @param longest how many characters the host takes */
    public OneComment(Way way, int longest) {
        this.way = way;
        this.longest = longest;
    }

    /** Writes or edits it; of several, as two gates at once may write them, the first stays. */
    public void set(int number, String marker, String markdown) {
        if (!amend(number, marker, markdown)) {
            way.add(number, text(number, marker, markdown));
            if (way.looksAgain()) {
                amend(number, marker, markdown);
            }
        }
    }

    /** Edits it where it is there; whether it was. */
    public boolean amend(int number, String marker, String markdown) {
        String text = text(number, marker, markdown);
        for (int tries = 0; tries < TRIES; tries++) {
            List<Json> mine = mine(number, marker, markdown);
            if (mine.isEmpty()) {
                return false;
            }
            Json first = mine.get(0);
            first.integer("id").ifPresent(id -> known.put(number, id));
            mine.stream().skip(1).forEach(other -> way.delete(number, other));
            boolean said = way.text(first).map(String::strip).equals(Optional.of(text.strip()));
            if (said || way.edit(number, first, text)) {
                return true;
            }
        }
        throw RegistryException.conflict(
                "Somebody else goes on changing the comment on proposal " + number + ".", "Try again in a moment.");
    }

    private String text(int number, String marker, String markdown) {
        return way.plain(CommentText.of(number, marker, markdown, longest));
    }

    /** The comments of this user that are the one with this marker, or that were written here, the oldest first. */
    private List<Json> mine(int number, String marker, String markdown) {
        String mark = way.plain(marker).strip();
        Optional<Long> written = Optional.ofNullable(known.get(number));
        return way.own(number).stream()
                .filter(comment -> (written.isPresent() && comment.integer("id").equals(written))
                        || way.text(comment)
                                .filter(body -> CommentText.isIt(body, number, mark, markdown))
                                .isPresent())
                .toList();
    }
}
