package io.modelgate.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds text that was never meant to stay, and text that only fills a place. */
final class Placeholders {
    /** Every alternative starts with a fixed character and has a bounded length, so that the search is linear. */
    private static final Pattern PATTERN = Pattern.compile("\\[?(?i:more\\s{1,9}information\\s{1,9}needed)\\]?"
            + "|\\b(?:TODO|TBD|FIXME)\\b"
            + "|(?i:lorem\\s{1,9}ipsum)"
            + "|\\{\\{[^{}]{0,100}\\}\\}"
            + "|(?i:model\\s{1,9}card\\s{1,9}for\\s{1,9}model\\s{1,9}id)\\b"
            + "|\\[(?i:insert|your|fill\\s{1,9}in|describe)\\b[^\\[\\]]{0,100}\\](?!\\()");

    /** Ends a clause. What is a promise as a whole clause is ordinary inside one: what is left to do is said here. */
    private static final Pattern END =
            Pattern.compile("[,;:!?()\\[\\]|\u2026\\n]|\\.(?=\\s|\\z)|\\s[-\u2013\u2014]\\s");

    private static final int LONGEST_CLAUSE = 200;
    private static final String LATER = "(?:\\s+(?:later|soon|here|yet|now))*+";
    private static final String PROMISE =
            "t\\.?b\\.?[acd]\\.?|to[- ]?do|coming\\s+soon|work\\s+in\\s+progress|under\\s+construction"
                    + "|(?:still\\s+)?to\\s+be\\s+(?:added|announced|completed|decided|defined|described|determined|documented|done"
                    + "|filled(?:\\s+in|\\s+out)?|provided|updated|written)"
                    + "|(?:please\\s+)?(?:add|enter|insert|put|write)\\s+(?:your\\s+|some\\s+|more\\s+|the\\s+)?"
                    + "(?:content|description|details|info|information|something|text)"
                    + "|(?:please\\s+)?fill\\s+(?:this\\s+|me\\s+|it\\s+)?in|placeholder(?:\\s+text)?|filler(?:\\s+text)?";
    private static final String NOTHING = "n\\s?/\\s?a\\.?|n\\.\\s?a\\.?|(?:none|nothing|not)\\s+yet|nothing\\s+here";
    private static final Pattern PROMISES = clause(PROMISE);
    private static final Pattern FILLERS = clause(PROMISE + "|" + NOTHING);

    private Placeholders() {}

    /** A match: the text and where it starts and ends. */
    record Match(int start, int end, String text) {
        private boolean overlaps(Match other) {
            return start < other.end && other.start < end;
        }
    }

    private static Pattern clause(String units) {
        return Pattern.compile("(?:(?:" + units + ")" + LATER + "(?:\\s+|\\z))++", Pattern.CASE_INSENSITIVE);
    }

    /** Text that was left to be replaced, in order: templates, and promises such as {@code to be done later}. */
    static List<Match> in(String text) {
        return withTemplates(text, PROMISES);
    }

    /** That, and what says that there is nothing, such as {@code N/A}: fair in a table, but no words. */
    static List<Match> fillers(String text) {
        return withTemplates(text, FILLERS);
    }

    /** The text with spaces in the place of these. */
    static String blanked(String text, List<Match> matches) {
        StringBuilder kept = new StringBuilder(text);
        matches.forEach(match -> kept.replace(match.start(), match.end(), " ".repeat(match.end() - match.start())));
        return kept.toString();
    }

    private static List<Match> withTemplates(String text, Pattern clauses) {
        List<Match> templates = new ArrayList<>();
        Matcher matcher = PATTERN.matcher(text);
        while (matcher.find()) {
            templates.add(new Match(matcher.start(), matcher.end(), matcher.group()));
        }
        List<Match> found = clauses(text, clauses);
        if (found.isEmpty()) {
            return templates;
        }
        found.removeIf(each -> templates.stream().anyMatch(each::overlaps));
        found.addAll(templates);
        found.sort(Comparator.comparingInt(Match::start));
        return found;
    }

    private static List<Match> clauses(String text, Pattern pattern) {
        List<Match> found = new ArrayList<>();
        Matcher end = END.matcher(text);
        int start = 0;
        while (start <= text.length()) {
            boolean more = end.find();
            clause(text, start, more ? end.start() : text.length(), pattern, found);
            start = more ? end.end() : text.length() + 1;
        }
        return found;
    }

    private static void clause(String text, int from, int to, Pattern pattern, List<Match> found) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (start < end && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (start < end
                && end - start <= LONGEST_CLAUSE
                && pattern.matcher(text.substring(start, end)).matches()) {
            found.add(new Match(start, end, text.substring(start, end)));
        }
    }
}
