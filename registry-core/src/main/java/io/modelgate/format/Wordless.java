package io.modelgate.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a text says anything: a word and a number other than 0, or some words. Told from its beginning; whether what it says
 * is true, or helps, is for people to read.
 */
final class Wordless {
    private static final int HEAD = 1 << 20;

    /** A sentence, where there is no number. */
    private static final int FEWEST_WORDS = 5;

    private static final Pattern WORD = Pattern.compile("\\p{L}{2,}");
    private static final Pattern NUMBER = Pattern.compile("[1-9]");
    private static final Set<String> EMPTY_WORDS = Set.of("null", "true", "false", "nan", "none");

    private Wordless() {}

    static boolean is(Bytes bytes) throws DamagedException {
        String text = new String(bytes.slice(0, HEAD), UTF_8);
        boolean number = NUMBER.matcher(text).find();
        Set<String> words = new HashSet<>();
        for (Matcher found = WORD.matcher(text); words.size() < FEWEST_WORDS && found.find(); ) {
            String word = found.group().toLowerCase(Locale.ROOT);
            if (!EMPTY_WORDS.contains(word)) {
                words.add(word);
            }
            if (number && !words.isEmpty()) {
                return false;
            }
        }
        return words.size() < FEWEST_WORDS;
    }
}
