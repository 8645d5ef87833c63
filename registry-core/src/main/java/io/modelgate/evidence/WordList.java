package io.modelgate.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text: runs of characters between spaces that hold a letter or digit; an ideograph or kana is a word by itself. A
 * letter alone or a number is one only beside a word of several letters: {@code x x x x x} says nothing, nor does {@code 11 12 13}.
 */
final class WordList {
    private final List<String> all = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    private WordList() {}

    /** The words in order, in lower case and without their punctuation. */
    static List<String> of(CharSequence text) {
        WordList list = new WordList();
        for (int i = 0; i < text.length(); ) {
            int point = Character.codePointAt(text, i);
            i += Character.charCount(point);
            list.add(point);
        }
        list.end();
        return list.withoutLoneLetters();
    }

    private void add(int point) {
        if (isWordByItself(point)) {
            end();
            all.add(Character.toString(point));
        } else if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            end();
        } else if (Character.isLetterOrDigit(point)) {
            word.appendCodePoint(point);
        }
    }

    private void end() {
        if (!word.isEmpty()) {
            all.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }

    private List<String> withoutLoneLetters() {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean beside =
                    (i > 0 && saysSomething(all.get(i - 1))) || (i + 1 < all.size() && saysSomething(all.get(i + 1)));
            if (saysSomething(all.get(i)) || beside) {
                kept.add(all.get(i));
            }
        }
        return kept;
    }

    private static boolean saysSomething(String word) {
        return isLong(word) && word.codePoints().anyMatch(Character::isLetter);
    }

    /** Whether it is more than a letter, or an ideograph, which is as good as a word. */
    static boolean isLong(String word) {
        return word.codePointCount(0, word.length()) > 1 || isWordByItself(word.codePointAt(0));
    }

    private static boolean isWordByItself(int point) {
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA -> Character.isLetter(point);
            default -> false;
        };
    }
}
