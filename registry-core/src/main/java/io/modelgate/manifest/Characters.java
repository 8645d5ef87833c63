package io.modelgate.manifest;

import io.modelgate.finding.Place;
import java.util.Set;

/** Finds the characters that a reader of the file would not see, or not see where they are. */
public final class Characters {
    /** Letters, marks and symbols that show nothing though Unicode does not class them as format characters. */
    private static final Set<Integer> BLANK = Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0);

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int LAST_ASCII = 0x7F;
    private static final String WRITE_IT_AS_IT_LOOKS = "Delete the character.";

    private Characters() {}

    /** Notes every refused character of the source, comments included; gives back a text that a parser can go on with. */
    static String check(String path, String text, FindingList findings) {
        StringBuilder clean = new StringBuilder(text);
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int point = text.codePointAt(i);
            if (point == '\n') {
                line++;
                column = 0;
            } else if (point == '\t') {
                findings.add(
                        "yaml/tab",
                        Place.at(path, line, column),
                        "a tab; its width is not the same everywhere",
                        "Use spaces, or \\t in double quotes.");
                clean.setCharAt(i, ' ');
            } else if (isControl(point) && !isLineEnd(text, i)) {
                findings.add(
                        "yaml/control-character",
                        Place.at(path, line, column),
                        "the control character " + name(point),
                        WRITE_IT_AS_IT_LOOKS);
                clean.setCharAt(i, ' ');
            } else if (isInvisible(text, i)) {
                findings.add(
                        "yaml/invisible-character",
                        Place.at(path, line, column),
                        "the invisible character " + name(point),
                        WRITE_IT_AS_IT_LOOKS);
            }
            column++;
        }
        return clean.toString();
    }

    /** Notes refused characters that a value has from escapes such as {@code "\\u202e"}. */
    static void checkValue(Place place, String value, FindingList findings) {
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            int point = value.codePointAt(i);
            if (isControl(point) && point != '\n' && point != '\t') {
                String message = "the text holds the control character " + name(point);
                findings.add("yaml/control-character", place, message, "Delete the escape.");
                return;
            }
            if (isInvisible(value, i) && !findings.has("yaml/invisible-character", place.line())) {
                String message = "the text holds the invisible character " + name(point);
                findings.add("yaml/invisible-character", place, message, "Delete the escape.");
                return;
            }
        }
    }

    /** Whether a text can stand in a file as it is, line ends and tabs aside. */
    static boolean isPlainlyVisible(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isControl(text.codePointAt(i)) || isInvisible(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLineEnd(String text, int i) {
        return text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
    }

    /** Whether it is a control character, half a pair, or no character at all. */
    public static boolean isControl(int point) {
        return Character.getType(point) == Character.CONTROL
                || Character.getType(point) == Character.SURROGATE
                || (point & 0xFFFE) == 0xFFFE;
    }

    /** Whether the character at an index shows nothing, or changes where others are shown. */
    public static boolean isInvisible(String text, int i) {
        int point = text.codePointAt(i);
        if (point <= LAST_ASCII) {
            return false;
        }
        if (point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER) {
            return !joinsLetters(text, i);
        }
        return switch (Character.getType(point)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> BLANK.contains(point);
        };
    }

    /** Persian, Hindi and many emoji need joiners inside a word; between ASCII letters they only hide a difference. */
    private static boolean joinsLetters(String text, int i) {
        return i > 0
                && i + 1 < text.length()
                && isJoinable(text.codePointBefore(i))
                && isJoinable(text.codePointAt(i + 1));
    }

    private static boolean isJoinable(int point) {
        return point > LAST_ASCII
                && Character.getType(point) != Character.FORMAT
                && !Character.isSpaceChar(point)
                && !BLANK.contains(point);
    }

    /** Its code and name, such as {@code U+202E RIGHT-TO-LEFT OVERRIDE}. */
    public static String name(int point) {
        String name = Character.getName(point);
        return "U+%04X".formatted(point) + (name == null ? "" : " " + name);
    }
}
