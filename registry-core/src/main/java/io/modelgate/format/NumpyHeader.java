package io.modelgate.format;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an array of NumPy, a literal of Python, of which only what NumPy itself writes is understood: with strings in
 * other notations, keys twice, or types by other names it can be that of objects.
 */
final class NumpyHeader {
    private static final int DEEPEST = 20;
    private static final int LONGEST_TYPE = 100;
    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");

    /** All kinds of NumPy but {@code O}: a length, and the unit of a time. */
    private static final Pattern PLAIN =
            Pattern.compile("[<>|=]?([?bBiufcSUVmMa])([0-9]{1,9})(\\[[0-9]{0,9}[a-zA-Z]{1,7}\\])?");

    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9, L]{0,1000})\\)");

    private final String text;
    private int at;
    private String type = "";

    private NumpyHeader(String text) {
        this.text = text;
    }

    /** How many bytes an element takes, 0 when it is made of fields; empty when it could be an object. */
    static OptionalLong elementSize(String header) {
        NumpyHeader read = new NumpyHeader(header);
        if (!read.isPlain()) {
            return OptionalLong.empty();
        }
        Matcher element = PLAIN.matcher(read.type);
        return element.matches()
                ? OptionalLong.of(
                        Long.parseLong(element.group(2)) * (element.group(1).equals("U") ? 4 : 1))
                : OptionalLong.of(0);
    }

    /** How many elements it says that there are. */
    static long count(String header) throws DamagedException {
        Matcher shape = SHAPE.matcher(header);
        if (!shape.find()) {
            throw new DamagedException("Its header gives no shape.");
        }
        try {
            long count = 1;
            for (String each : shape.group(1).replace("L", "").split(",", -1)) {
                count = each.isBlank() ? count : Math.multiplyExact(count, Long.parseLong(each.strip()));
            }
            return count;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new DamagedException("Its header gives no valid shape.");
        }
    }

    private boolean isPlain() {
        Set<String> keys = new HashSet<>();
        boolean plain = skip('{');
        while (plain && !skip('}')) {
            Optional<String> key = string();
            plain = key.isPresent() && KEYS.contains(key.get()) && keys.add(key.get()) && skip(':') && value(key.get());
            plain &= skip(',') || next() == '}';
        }
        return plain && keys.size() == KEYS.size() && next() == 0;
    }

    private boolean value(String key) {
        return switch (key) {
            case "descr" -> {
                boolean simple = next() != '[';
                int start = at;
                boolean plain = type(0);
                type = simple && plain ? text.substring(start, at).strip().replaceAll("['\"]", "") : "";
                yield plain;
            }
            case "fortran_order" -> skip("True") || skip("False");
            default -> shape();
        };
    }

    /** A type, or a list of fields. */
    private boolean type(int depth) {
        if (!skip('[')) {
            return string().filter(each ->
                            each.length() <= LONGEST_TYPE && PLAIN.matcher(each).matches())
                    .isPresent();
        }
        boolean plain = depth < DEEPEST;
        while (plain && !skip(']')) {
            plain = field(depth);
            plain &= skip(',') || next() == ']';
        }
        return plain;
    }

    /** A name, a type, and perhaps a shape. */
    private boolean field(int depth) {
        return skip('(')
                && name()
                && skip(',')
                && type(depth + 1)
                && (skip(')') || (skip(',') && shape() && skip(')')));
    }

    /** A name, or a title and a name. */
    private boolean name() {
        return skip('(')
                ? string().isPresent() && skip(',') && string().isPresent() && skip(')')
                : string().isPresent();
    }

    private boolean shape() {
        boolean plain = skip('(');
        while (plain && !skip(')')) {
            int start = at;
            while (at < text.length() && "0123456789L, ".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            plain = at > start;
        }
        return plain;
    }

    /** What is in quotes, with its escapes as they are. */
    private Optional<String> string() {
        char quote = next();
        if (quote != '\'' && quote != '"') {
            return Optional.empty();
        }
        int start = at + 1;
        int end = start;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            return Optional.empty();
        }
        at = end + 1;
        return Optional.of(text.substring(start, end));
    }

    /** The next character that is no space; 0 at the end. */
    private char next() {
        while (at < text.length() && " \t\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean skip(char expected) {
        if (next() != expected) {
            return false;
        }
        at++;
        return true;
    }

    private boolean skip(String expected) {
        boolean there = next() != 0 && text.startsWith(expected, at);
        at += there ? expected.length() : 0;
        return there;
    }
}
