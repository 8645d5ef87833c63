package io.modelgate.format;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a text is plainly Python, whatever its name: nothing in it that Python would refuse at a glance, such as two words side
 * by side, and it imports something and does something. Of prose and tables the first lines tell that they are none.
 */
final class PythonCode {
    /** Words beside which others may stand; the last are words of Python 2, and such as are only sometimes key words. */
    private static final Set<String> KEY_WORDS = Set.of(
            ("False None True and as assert async await break class continue def del elif else except finally for from global if"
                            + " import in is lambda nonlocal not or pass raise return try while with yield print exec match case type")
                    .split(" ", -1));

    private static final Set<String> DEFINING = Set.of("class", "def", "lambda");

    /** What reaches everything without an import. */
    private static final Set<String> REACHING =
            Set.of("exec", "eval", "__import__", "getattr", "breakpoint", "globals", "__builtins__");

    private static final Pattern HINT = Pattern.compile("\\bimport\\b|__|\\b(exec|eval|getattr|breakpoint|globals)\\b");
    private static final Pattern PREFIX = Pattern.compile("(?i)[rbuft]{1,2}");
    private static final Pattern NUMBER = Pattern.compile("(?i)0[xob][0-9a-f_]+|[0-9_.]+(e[0-9_]*)?j?");

    /** A text this long may have been cut. */
    private static final int LONG = 1 << 18;

    private enum Last {
        START,
        VALUE,
        STRING,
        NAME,
        OTHER
    }

    private final String text;
    private int at;
    private int depth;
    private Last last = Last.START;
    private boolean from;
    private boolean imports;
    private boolean acts;
    private boolean reaches;

    private PythonCode(String text) {
        this.text = text;
    }

    static boolean fits(String text) {
        if (!HINT.matcher(text).find()) {
            return false;
        }
        PythonCode code = new PythonCode(text);
        while (code.at < text.length()) {
            if (!code.token()) {
                return false;
            }
        }
        return (code.depth == 0 || text.length() >= LONG) && (code.reaches || (code.imports && code.acts));
    }

    /** Reads on by a token; false if Python would not. */
    private boolean token() {
        char next = text.charAt(at);
        if (next == '\'' || next == '"') {
            return string(false);
        } else if (Character.isUnicodeIdentifierStart(next) || next == '_') {
            return word();
        } else if (next >= '0' && next <= '9') {
            return number();
        }
        at++;
        return switch (next) {
            case ' ', '\t', '\f' -> true;
            case '\n', '\r' -> depth > 0 || starts();
            case '#' -> skipTo('\n');
            case '\\' -> at < text.length() && "\r\n".indexOf(text.charAt(at)) >= 0 && skipTo('\n') && ++at > 0;
            case '(', '[', '{' -> opens(next);
            case ')', ']', '}' -> --depth >= 0 && is(Last.VALUE);
            case ';' -> depth == 0 && starts();
            case ':' -> (depth > 0 || text.startsWith("=", at)) ? is(Last.OTHER) : starts();
            case '!' -> at < text.length() && text.charAt(at) == '=';
            case '@' -> {
                acts |= last == Last.START;
                yield is(Last.OTHER);
            }
            case '+', '-', '~', '*', '.' -> is(Last.OTHER);
            default -> last != Last.START && "/%&|^<>=,".indexOf(next) >= 0 && is(Last.OTHER);
        };
    }

    private boolean is(Last what) {
        last = what;
        return true;
    }

    private boolean starts() {
        from = false;
        return is(Last.START);
    }

    private boolean skipTo(char end) {
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found;
        return true;
    }

    private boolean opens(char bracket) {
        acts |= bracket == '(' && last != Last.OTHER && last != Last.START;
        depth++;
        return is(Last.OTHER);
    }

    private boolean follows() {
        return last == Last.START || last == Last.OTHER;
    }

    private boolean number() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return follows()
                && at - start < 1000
                && NUMBER.matcher(text.substring(start, at)).matches()
                && is(Last.VALUE);
    }

    private boolean word() {
        int start = at;
        while (at < text.length() && Character.isUnicodeIdentifierPart(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        if (at < text.length()
                && "'\"".indexOf(text.charAt(at)) >= 0
                && PREFIX.matcher(word).matches()) {
            return string(word.matches("(?i).*[ft].*"));
        }
        boolean called = at < text.length() && text.charAt(at) == '(';
        reaches |= called && REACHING.contains(word);
        reaches |= word.startsWith("__") && start > 0 && text.charAt(start - 1) == '.';
        if (word.equals("import") && !imports()) {
            return false;
        }
        from |= last == Last.START && word.equals("from");
        if (KEY_WORDS.contains(word)) {
            acts |= DEFINING.contains(word) || (called && word.matches("print|exec|type"));
            return is(Last.OTHER);
        }
        return follows() && is(Last.NAME);
    }

    /** Whether an import may stand here, and names something. */
    private boolean imports() {
        int named = at;
        while (named < text.length() && " \t\\".indexOf(text.charAt(named)) >= 0) {
            named += text.charAt(named) == '\\' ? 2 : 1; // and the end of the line
        }
        boolean names = named > at
                && named < text.length()
                && (Character.isUnicodeIdentifierStart(text.charAt(named)) || text.charAt(named) == '_' || from);
        imports |= names;
        return from || (last == Last.START && names);
    }

    /** Skips a string; only one in three quotes goes on in the next line. */
    private boolean string(boolean computed) {
        if (!follows() && last != Last.STRING) {
            return false;
        }
        char quote = text.charAt(at);
        String three = String.valueOf(quote).repeat(3);
        boolean lines = text.startsWith(three, at);
        at += lines ? 3 : 1;
        for (; at < text.length(); at++) {
            char next = text.charAt(at);
            acts |= computed && next == '{';
            if (next == '\\') {
                at++;
            } else if (lines ? text.startsWith(three, at) : next == quote) {
                at += lines ? 3 : 1;
                return is(Last.STRING);
            } else if (!lines && (next == '\n' || next == '\r')) {
                return false;
            }
        }
        return text.length() >= LONG;
    }
}
