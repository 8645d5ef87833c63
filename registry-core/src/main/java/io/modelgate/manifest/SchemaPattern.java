package io.modelgate.manifest;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression of a JSON Schema, matched with {@link java.util.regex} and a bound on the work: no pattern and no
 * text can make the gate hang.
 */
final class SchemaPattern implements RegularExpression {
    /** Characters that one match may look at, again and again included. */
    private static final int MOST_STEPS = 2_000_000;

    /** A match took more work than it may. */
    static final class TooMuchWork extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuchWork(String regex) {
            super("the pattern " + regex + " takes too long on this text", null, false, false);
        }
    }

    private final String regex;
    private final Pattern pattern;

    /** Throws {@link java.util.regex.PatternSyntaxException} when it is no regular expression. */
    SchemaPattern(String regex) {
        this.regex = regex;
        this.pattern = Pattern.compile(toJava(regex));
    }

    @Override
    public boolean matches(String text) {
        Matcher matcher = pattern.matcher(new Counted(text, new int[] {MOST_STEPS}));
        try {
            return matcher.find();
        } catch (StackOverflowError e) {
            // java.util.regex recurses on groups that repeat; nothing is left half-done by giving up here
            throw new TooMuchWork(regex);
        }
    }

    /** ECMAScript to Java: {@code $} is the very end, and brackets have no meaning inside brackets. */
    private static String toJava(String regex) {
        StringBuilder java = new StringBuilder(regex.length() + 8);
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\' && i + 1 < regex.length()) {
                java.append(c).append(regex.charAt(++i));
            } else if (c == '$' && !inClass) {
                java.append("\\z");
            } else if (inClass && (c == '[' || c == '&')) {
                java.append('\\').append(c);
            } else {
                inClass = c == '[' || (inClass && c != ']');
                java.append(c);
            }
        }
        return java.toString();
    }

    /** A text that counts how often it is looked at. */
    private final class Counted implements CharSequence {
        private final CharSequence text;
        private final int[] steps;

        Counted(CharSequence text, int[] steps) {
            this.text = text;
            this.steps = steps;
        }

        @Override
        public char charAt(int index) {
            if (--steps[0] < 0) {
                throw new TooMuchWork(regex);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
