package io.modelgate.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people type them: {@code 7d}, {@code 36h}, {@code P30D}. */
final class Age {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,5})([dh])");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Age() {}

    /** Reads one; throws {@link IllegalArgumentException} with a message for people. */
    static Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text.strip().toLowerCase(Locale.ROOT));
        try {
            Duration age = !matcher.matches()
                    ? Duration.parse(text.strip())
                    : matcher.group(2).equals("d")
                            ? Duration.ofDays(Integer.parseInt(matcher.group(1)))
                            : Duration.ofHours(Integer.parseInt(matcher.group(1)));
            if (!age.isNegative() && age.compareTo(LONGEST) <= 0) {
                return age;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + text + "' is no age: write it like 7d or 36h");
    }
}
