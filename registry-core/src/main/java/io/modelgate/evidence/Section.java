package io.modelgate.evidence;

import io.modelgate.finding.Place;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A section of a card: a heading and what follows it, up to the next heading of its level or above.
 *
 * @param title the heading's text
 * @param level 1 to 6
 * @param words words of its prose, those of the sections inside it included; without headings, code, HTML, comments,
 *     addresses of links, placeholder text, filler such as {@code N/A}, and what a closed {@code <details>} hides at first
 * @param distinct how many of these words are different, without single letters
 * @param said these words in order, to tell whether another section says the same
 * @param place where the heading is
 */
public record Section(String title, int level, int words, int distinct, String said, Place place) {
    /** Whether this is the title, spelling of case, punctuation and spaces aside: {@code Out-of-scope} is Out of Scope. */
    public boolean isTitled(String other) {
        return plain(title).equals(plain(other));
    }

    /** Whether it says word for word what another one says. */
    public boolean repeats(Section other) {
        return words > 0 && said.equals(other.said);
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ")
                .strip();
    }
}
