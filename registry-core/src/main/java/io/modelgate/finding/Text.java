package io.modelgate.finding;

import java.util.regex.Pattern;

/** Makes text that somebody else wrote safe to show on one line of a terminal or log. */
public final class Text {
    /** What a terminal takes for an order: sequences that end with a letter, a string that ends with BEL or ST, two bytes (ECMA-48). */
    private static final Pattern ESCAPES = Pattern.compile(
            "(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]|(?:\\x1b[\\]PX^_]|[\\x9d\\x90\\x98\\x9e\\x9f])[^\\x07\\x1b\\x9c]*+(?:\\x07|\\x1b\\\\|\\x9c)?|\\x1b[ -/]*[0-~]");

    private static final int LONGEST_READ = 20;

    private Text() {}

    /**
     * What another machine said, as part of a message: one line of at most {@code max} characters, without orders to a terminal
     * and without anything else that {@link #printable} would have to spell out.
     */
    public static String said(String text, int max) {
        int read = (int) Math.min(text.length(), (long) max * LONGEST_READ);
        StringBuilder line = new StringBuilder();
        ESCAPES.matcher(text.substring(0, read))
                .replaceAll("")
                .codePoints()
                .forEach(point -> line.appendCodePoint(isPrintable(point) ? point : ' '));
        return excerpt(line.toString().replaceAll("\\s+", " ").strip(), max);
    }

    /**
     * The same text with control, bidirectional, zero-width and unassigned characters and lone surrogates replaced by
     * {@code \\u{hex}} escapes, so that it cannot move the cursor, reorder the line or hide anything.
     */
    public static String printable(String text) {
        if (text.codePoints().allMatch(Text::isPrintable)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (isPrintable(point)) {
                shown.appendCodePoint(point);
            } else {
                shown.append("\\u{").append(Integer.toHexString(point)).append('}');
            }
        });
        return shown.toString();
    }

    /** {@link #printable}, cut to at most {@code max} characters with an ellipsis. */
    public static String excerpt(String text, int max) {
        String shown = printable(text);
        if (shown.length() <= max) {
            return shown;
        }
        int end = Character.isHighSurrogate(shown.charAt(max - 1)) ? max - 1 : max;
        return shown.substring(0, end) + "…";
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
