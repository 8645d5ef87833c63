package io.modelgate.finding;

/** Makes text that somebody else wrote safe to show on one line of a terminal or log. */
public final class Text {
    private Text() {}

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
