package io.modelgate.evidence;

import io.modelgate.finding.Place;
import io.modelgate.manifest.FindingList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a card has no more tables and marks than a person writes. It is asked before the Markdown is parsed, which would take
 * seconds or, since a short row has as many cells as its head, all of the memory.
 */
final class CardSize {
    static final long MOST_CELLS = 100_000;
    static final int MOST_MARKS = 40_000;

    private static final Pattern LINE = Pattern.compile("[^\\r\\n]*+(?:\\r\\n|\\r|\\n|\\z)");
    private static final Pattern BLANK = Pattern.compile("[ \\t\\r\\n]*+");
    /** The line under the head of a table, in quotes and lists too. */
    private static final Pattern RULE = Pattern.compile("[ \\t>|:-]++[\\r\\n]*+");

    private final String path;
    private final FindingList findings;
    private long cells;
    private int marks;

    private CardSize(String path, FindingList findings) {
        this.path = path;
        this.findings = findings;
    }

    /** Notes the first line that makes it too much. */
    static boolean isBearable(String path, String markdown, FindingList findings) {
        return new CardSize(path, findings).check(markdown);
    }

    private boolean check(String markdown) {
        Matcher lines = LINE.matcher(markdown);
        int columns = 0;
        for (int number = 1; lines.find() && lines.end() > lines.start(); number++) {
            String line = lines.group();
            columns = BLANK.matcher(line).matches() ? 0 : Math.max(columns, columns(line));
            cells += columns;
            marks += marks(line);
            if (cells > MOST_CELLS) {
                return refuse(number, "tables of more than " + MOST_CELLS + " cells");
            }
            if (marks > MOST_MARKS) {
                return refuse(number, "more than " + MOST_MARKS + " of the marks *, _ and [");
            }
        }
        return true;
    }

    private boolean refuse(int line, String what) {
        findings.add(
                "card/too-large",
                Place.at(path, line, 1),
                "up to here the card has " + what,
                "Keep data out of it, and refer to them.");
        return false;
    }

    /** As many as a table under this line could have; none when it is no line under a head. */
    private static int columns(String line) {
        return isRule(line) ? 1 + (int) line.chars().filter(each -> each == '|').count() : 0;
    }

    private static boolean isRule(String line) {
        return line.indexOf('|') >= 0 && RULE.matcher(line).matches();
    }

    /** What may start emphasis or a link; an underscore inside a word does not. */
    private static int marks(String line) {
        int count = 0;
        for (int i = 0; i < line.length(); i++) {
            char mark = line.charAt(i);
            if (mark == '*' || mark == '[' || (mark == '_' && !isInside(line, i))) {
                count++;
            }
        }
        return count;
    }

    private static boolean isInside(String line, int at) {
        return at > 0
                && at + 1 < line.length()
                && Character.isLetterOrDigit(line.charAt(at - 1))
                && Character.isLetterOrDigit(line.charAt(at + 1));
    }
}
