package io.modelgate.host;

import java.util.Optional;

/** A comment that is found again by its marker and fits into what a host takes. */
public final class CommentText {
    /** In how many first lines a heading is looked for. */
    private static final int HEAD = 5;

    private CommentText() {}

    /**
     * The marker on the first line, then the text; one that is too long is cut after a line, and what stood open is closed.
     *
     * @param most the host's limit, in UTF-16 units
     */
    public static String of(int proposal, String marker, String markdown, int most) {
        String whole = markdown.startsWith(marker) ? markdown : marker + "\n" + markdown;
        if (whole.length() <= most) {
            return whole;
        }
        String rest = "\n\n*This report is longer than the host lets a comment be. The whole of it: `modelgate verify "
                + proposal + "`.*\n";
        int room = most - rest.length() - 200;
        int end = whole.lastIndexOf('\n', room);
        String cut = whole.substring(0, Math.max(end, marker.length()));
        StringBuilder text = new StringBuilder(cut);
        if (count(cut, "\n```") % 2 == 1) {
            text.append("\n```");
        }
        text.append("\n\n").append("</details>".repeat(Math.max(0, count(cut, "<details") - count(cut, "</details>"))));
        return text.append(rest).toString();
    }

    /**
     * Whether a comment of one's own is the one with this marker. Whoever can write can take the marker out: then it is known by
     * how it begins, up to the colon of its heading, and by the command in it.
     */
    public static boolean isIt(String body, int proposal, String marker, String markdown) {
        if (body.startsWith(marker)) {
            return true;
        }
        Optional<String> heading = markdown.lines()
                .filter(line -> line.startsWith("## ") && line.contains(":"))
                .findFirst()
                .map(line -> line.substring(0, line.indexOf(':') + 1));
        return heading.isPresent()
                && body.lines().limit(HEAD).anyMatch(line -> line.startsWith(heading.get()))
                && body.contains("`modelgate verify " + proposal + "`");
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }
}
