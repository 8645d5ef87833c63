package io.modelgate.manifest;

import io.modelgate.finding.Place;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says what an unquoted word means. Null, booleans and numbers are written as in JSON; a word that some YAML reader would
 * take for something else is refused.
 */
final class PlainScalar {
    static final int MAX_DIGITS = 60;
    private static final int MAX_EXPONENT = 400;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE]([-+]?[0-9]++))?");
    /** Numbers to YAML 1.1 or 1.2 readers and not to JSON: 0777, 0o17, 0x1F, 1_000, +1, .5, 1., 12:30. */
    private static final Pattern NUMBER_TO_SOME =
            Pattern.compile("[-+]?(?:[0-9][0-9_]*+(?:\\.[0-9_]*+)?|\\.[0-9][0-9_]*+)(?:[eE][-+]?[0-9]++)?"
                    + "|[-+]?0[oO][0-7_]++|[-+]?0[xX][0-9a-fA-F_]++|[-+]?0[bB][01_]++"
                    + "|[-+]?[0-9][0-9_]*+(?::[0-5]?[0-9])++(?:\\.[0-9_]*+)?");

    private static final Pattern WORD_TO_SOME = Pattern.compile("(?i:true|false|null|yes|no|on|off)");
    private static final Pattern NON_FINITE = Pattern.compile("[-+]?\\.(?i:inf|nan)");
    private static final int LONGEST_WORD = 5;

    private PlainScalar() {}

    /** What the word means; text, with a finding, when that is in doubt. */
    static Node read(Place place, String word, FindingList findings) {
        if (word.isEmpty() || word.equals("~") || word.equals("null")) {
            return new Node.Null(place);
        }
        if (word.equals("true") || word.equals("false")) {
            return new Node.Bool(place, word.equals("true"));
        }
        if (isSurelyText(word)) {
            return new Node.Text(place, word);
        }
        if (NUMBER.matcher(word).matches()) {
            return number(place, word, findings);
        }
        doubt(word).ifPresent(doubt -> findings.add(doubt.rule(), place, doubt.message(), doubt.remedy()));
        return new Node.Text(place, word);
    }

    /** Whether a text can stand unquoted and still be read as this text, by us and by other readers. */
    static boolean isText(String word) {
        return !word.isEmpty()
                && !word.equals("~")
                && !NUMBER.matcher(word).matches()
                && doubt(word).isEmpty();
    }

    private record Doubt(String rule, String message, String remedy) {}

    private static Optional<Doubt> doubt(String word) {
        if (isSurelyText(word)) {
            return Optional.empty();
        }
        if (NON_FINITE.matcher(word).matches()) {
            return Optional.of(new Doubt(
                    "yaml/non-finite",
                    word + " is not a finite number",
                    "Write 'value: null' with a status, or quote it if it is text."));
        }
        if (WORD_TO_SOME.matcher(word).matches() || NUMBER_TO_SOME.matcher(word).matches()) {
            return Optional.of(new Doubt(
                    "yaml/ambiguous",
                    word + " unquoted is text to some YAML readers and something else to others",
                    "Quote it (\"" + word + "\") if it is text, or write it as JSON does."));
        }
        return Optional.empty();
    }

    /** Most words are: none but these first characters start a number or a word with a meaning. */
    private static boolean isSurelyText(String word) {
        char first = word.charAt(0);
        boolean numeric = (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
        return !numeric && (word.length() > LONGEST_WORD || "tTfFnNyYoO".indexOf(first) < 0);
    }

    private static Node number(Place place, String word, FindingList findings) {
        int mark = Math.max(word.indexOf('e'), word.indexOf('E'));
        int digits = mark < 0 ? word.length() : mark;
        String exponent = mark < 0 ? "0" : word.substring(mark + 1);
        if (digits > MAX_DIGITS || exponent.length() > 5 || Math.abs(Integer.parseInt(exponent)) > MAX_EXPONENT) {
            findings.add(
                    "yaml/number-size",
                    place,
                    "the number has more than " + MAX_DIGITS + " digits or an exponent beyond " + MAX_EXPONENT,
                    "Quote it if it is text.");
            return new Node.Decimal(place, BigDecimal.ZERO);
        }
        return new Node.Decimal(place, new BigDecimal(word));
    }
}
