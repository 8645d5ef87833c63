package io.modelgate.manifest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What somebody meant who wrote a text where a document has something else. */
final class TextInstead {
    private static final Pattern PERCENT = Pattern.compile("[0-9]{1,6}(?:[.,][0-9]{1,6})?\\s?%");
    private static final Pattern COMMA = Pattern.compile("-?[0-9]{1,9},[0-9]{1,9}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(?:\\.[0-9]{1,15})?");
    private static final List<String> YES = List.of("yes", "on", "true", "y");
    private static final List<String> NO = List.of("no", "off", "false", "n");

    private TextInstead() {}

    /**
     * What to write.
     *
     * @param types the types that the schema allows here, as JSON Schema names them
     */
    static String remedy(String text, List<String> types) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        Optional<String> value = Optional.empty();
        if (types.contains("number") || types.contains("integer")) {
            value = number(word);
        }
        if (value.isEmpty() && types.contains("boolean")) {
            value = YES.contains(word)
                    ? Optional.of("true")
                    : NO.contains(word) ? Optional.of("false") : Optional.empty();
        }
        if (value.isEmpty() && types.contains("array") && text.length() <= 60 && text.indexOf('\n') < 0) {
            value = Optional.of("[" + text.strip() + "]");
        }
        return value.map(meant -> "Write " + meant + ".")
                .orElse(types.contains("object") ? "Write keys and values below it." : "Correct the value.");
    }

    private static Optional<String> number(String word) {
        if (PERCENT.matcher(word).matches()) {
            BigDecimal percent =
                    new BigDecimal(word.replace("%", "").replace(',', '.').strip());
            return Optional.of(percent.divide(BigDecimal.valueOf(100), MathContext.DECIMAL64)
                    .stripTrailingZeros()
                    .toPlainString());
        }
        if (COMMA.matcher(word).matches()) {
            return Optional.of(word.replace(',', '.'));
        }
        return NUMBER.matcher(word).matches() ? Optional.of(word + " without quotes") : Optional.empty();
    }
}
