package io.modelgate.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds text that was never meant to stay. */
final class Placeholders {
    /** Every alternative starts with a fixed character and has a bounded length, so that the search is linear. */
    private static final Pattern PATTERN = Pattern.compile("\\[?(?i:more\\s{1,9}information\\s{1,9}needed)\\]?"
            + "|\\b(?:TODO|TBD|FIXME)\\b"
            + "|(?i:lorem\\s{1,9}ipsum)"
            + "|\\{\\{[^{}]{0,100}\\}\\}"
            + "|(?i:model\\s{1,9}card\\s{1,9}for\\s{1,9}model\\s{1,9}id)\\b"
            + "|\\[(?i:insert|your|fill\\s{1,9}in|describe)\\b[^\\[\\]]{0,100}\\](?!\\()");

    private Placeholders() {}

    /** A match: the text and where it starts and ends. */
    record Match(int start, int end, String text) {}

    static List<Match> in(String text) {
        List<Match> found = new ArrayList<>();
        Matcher matcher = PATTERN.matcher(text);
        while (matcher.find()) {
            found.add(new Match(matcher.start(), matcher.end(), matcher.group()));
        }
        return found;
    }
}
