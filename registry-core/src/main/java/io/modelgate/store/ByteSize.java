package io.modelgate.store;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of bytes as people write them: {@code 500MB}, {@code 20GiB}, {@code 20G} (which is 20 GiB, as {@code du -h} says it). */
public final class ByteSize {
    private static final Pattern AMOUNT =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?)\\s*([kmgt]?)(i?b)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "kmgt";

    private ByteSize() {}

    /** Reads an amount; throws {@link IllegalArgumentException} with a message for people. */
    public static long parse(String text) {
        Matcher matcher = AMOUNT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no amount of bytes: write it like 20GiB, 500MB or 0");
        }
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        boolean decimal = "b".equalsIgnoreCase(matcher.group(3));
        BigDecimal factor = unit.isEmpty()
                ? BigDecimal.ONE
                : BigDecimal.valueOf(decimal ? 1000 : 1024).pow(UNITS.indexOf(unit) + 1);
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(factor);
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is more than any disk has");
        }
        return bytes.longValue();
    }

    /** An amount in words, in powers of 1,000, rounded: {@code 5.2 GB}. */
    public static String words(long bytes) {
        if (bytes < 1000) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= 999.95 && unit < UNITS.length() - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(
                Locale.ROOT,
                "%.1f %sB",
                amount,
                unit == 0 ? "k" : UNITS.substring(unit, unit + 1).toUpperCase(Locale.ROOT));
    }
}
