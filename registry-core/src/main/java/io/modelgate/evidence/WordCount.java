package io.modelgate.evidence;

/** Counts words: runs of characters between spaces that hold a letter or digit; an ideograph or kana is a word by itself. */
final class WordCount {
    private WordCount() {}

    static int of(CharSequence text) {
        int words = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int point = Character.codePointAt(text, i);
            i += Character.charCount(point);
            if (isWordByItself(point)) {
                words++;
                inWord = false;
            } else if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                inWord = false;
            } else if (!inWord && Character.isLetterOrDigit(point)) {
                words++;
                inWord = true;
            }
        }
        return words;
    }

    private static boolean isWordByItself(int point) {
        return switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA -> Character.isLetter(point);
            default -> false;
        };
    }
}
