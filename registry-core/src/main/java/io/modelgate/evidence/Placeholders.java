package io.modelgate.evidence;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds text that was never meant to stay, and text that only fills a place. */
final class Placeholders {
    /** Every alternative starts with a fixed character and has a bounded length, so that the search is linear. */
    private static final Pattern PATTERN =
            Pattern.compile("\\[?(?i:more[\\s_-]{1,9}info(?:rmation)?[\\s_-]{1,9}(?:needed|required))\\]?"
                    + "|\\b(?:TODO|TBD|FIXME)\\b"
                    + "|(?i:lorem\\s{1,9}ipsum)"
                    + "|\\{\\{[^{}]{0,100}\\}\\}"
                    + "|(?i:model\\s{1,9}card\\s{1,9}for\\s{1,9}model\\s{1,9}id)\\b"
                    + "|\\[(?i:insert|your|fill\\s{1,9}in|describe)\\b[^\\[\\]]{0,100}\\](?!\\()"
                    + "|" + TemplateSentences.PATTERN);

    /** Ends a clause. What is a promise as a whole clause is ordinary inside one: what is left to do is said here. */
    private static final Pattern END =
            Pattern.compile("[,;:!?()\\[\\]|\u2026\\n]|\\.(?=\\s|\\z)|\\s[-\u2013\u2014]\\s");

    private static final int LONGEST_CLAUSE = 200;
    private static final String LATER = "(?:\\s+(?:later|soon|here|yet|now))*+";
    private static final String DONE =
            "(?:added|completed|described|documented|done|filled(?:\\s+in|\\s+out)?|provided|updated|written)";
    /** A promise with more words is one only as a whole sentence: a form is to be completed by the applicant. */
    private static final Pattern PROMISED = Pattern.compile(
            "(?:still\\s+)?to\\s+be\\s+" + DONE + "\\b[^,;:]{0,100}"
                    + "|(?:(?:the|this|it|that|more|some|text|content|details|description|documentation|section)\\s+){0,3}"
                    + "(?:will|shall|must|should|needs?\\s+to|has\\s+to|is\\s+to)\\s+be\\s+" + DONE
                    + "\\s+(?:later|soon)\\b[^,;:]{0,100}",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SENTENCE_END = Pattern.compile("[!?\u2026\\n]|\\.(?=\\s|\\z)");
    private static final String PROMISE =
            "t\\.?b\\.?[acd]\\.?|to[- ]?do|coming\\s+soon|work\\s+in\\s+progress|under\\s+construction"
                    + "|(?:still\\s+)?to\\s+be\\s+(?:added|announced|completed|decided|defined|described|determined|documented|done"
                    + "|filled(?:\\s+in|\\s+out)?|provided|updated|written)"
                    + "|(?:please\\s+)?(?:add|enter|insert|put|write)\\s+(?:your\\s+|some\\s+|more\\s+|the\\s+)?"
                    + "(?:content|description|details|info|information|something|text)"
                    + "|(?:please\\s+)?fill\\s+(?:this\\s+|me\\s+|it\\s+)?in|placeholder(?:\\s+text)?|filler(?:\\s+text)?"
                    + "|more\\s+info(?:rmation)?\\s+is\\s+(?:needed|required)";
    private static final String NOTHING = "n\\s?/\\s?a\\.?|n\\.\\s?a\\.?|(?:none|nothing|not)\\s+yet|nothing\\s+here"
            + "|(?:there(?:\\s+is|'s|\u2019s)\\s+)?(?:nothing|not\\s+much)\\s+(?:else\\s+|more\\s+)?"
            + "to\\s+(?:add|declare|mention|report|say|see|tell|write)";
    private static final Pattern PROMISES = clause(PROMISE);
    private static final Pattern FILLERS = clause(PROMISE + "|" + NOTHING);

    private Placeholders() {}

    /** A match: the text and where it starts and ends. */
    record Match(int start, int end, String text) {}

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
        matches.forEach(
                match -> IntStream.range(match.start(), match.end()).forEach(each -> kept.setCharAt(each, ' ')));
        return kept.toString();
    }

    private static List<Match> withTemplates(String written, Pattern clauses) {
        Compatible compatible = Compatible.of(written);
        String text = compatible.text();
        List<Match> found = new ArrayList<>();
        Matcher matcher = PATTERN.matcher(text);
        while (matcher.find()) {
            found.add(new Match(matcher.start(), matcher.end(), matcher.group()));
        }
        addApart(found, parts(text, SENTENCE_END, PROMISED));
        addApart(found, parts(text, END, clauses));
        found.sort(Comparator.comparingInt(Match::start));
        return found.stream()
                .map(each -> written(written, compatible.origin(each.start()), compatible.origin(each.end())))
                .toList();
    }

    private static Match written(String text, int start, int end) {
        return new Match(start, end, text.substring(start, end));
    }

    private static void addApart(List<Match> found, List<Match> more) {
        BitSet known = new BitSet();
        found.forEach(each -> known.set(each.start(), each.end()));
        more.stream()
                .filter(each -> known.get(each.start(), each.end()).isEmpty())
                .forEach(found::add);
    }

    private static List<Match> parts(String text, Pattern ends, Pattern pattern) {
        List<Match> found = new ArrayList<>();
        Matcher end = ends.matcher(text);
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
