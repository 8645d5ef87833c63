package io.modelgate.evidence;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much a text says, counted as in a {@link Section} of a card.
 *
 * @param words how many words it has; placeholder text and filler such as {@code N/A} are none
 * @param distinct how many different words of more than one letter
 * @param placeholder whether some of it was left to be replaced
 */
public record Wording(int words, int distinct, boolean placeholder) {
    /** Reads a text. */
    public static Wording of(String text) {
        List<Placeholders.Match> fillers = Placeholders.fillers(text);
        List<String> words = WordList.of(Placeholders.blanked(text, fillers));
        return new Wording(words.size(), distinct(words).size(), !fillers.isEmpty());
    }

    static Set<String> distinct(List<String> words) {
        Set<String> distinct = new HashSet<>(words);
        distinct.removeIf(each -> !WordList.isLong(each));
        return distinct;
    }
}
