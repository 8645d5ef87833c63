package io.modelgate.evidence;

import io.modelgate.manifest.Node;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Reads the value of a metric as tools write it: a number, text that is one, or a word for why there is none. */
public final class WrittenValue {
    private static final int LONGEST_NUMBER = 400;
    private static final int LARGEST_EXPONENT = 400;

    private WrittenValue() {}

    /** The value, or why there is none: not a number, infinite, or null, which tools mean differently. */
    public static MetricValue of(Node node, MetricStatus ofNull) {
        if (node instanceof Node.Decimal number) {
            return finite(number.value().doubleValue());
        }
        if (node instanceof Node.Text text) {
            return of(text.value().strip());
        }
        return MetricValue.none(node instanceof Node.Null ? ofNull : MetricStatus.ERROR);
    }

    private static MetricValue of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "nan" -> MetricValue.none(MetricStatus.UNDEFINED);
            case "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity" -> MetricValue.none(MetricStatus.INFINITE);
            default ->
                number(text).map(each -> finite(each.doubleValue())).orElse(MetricValue.none(MetricStatus.ERROR));
        };
    }

    private static MetricValue finite(double value) {
        return Double.isFinite(value) ? MetricValue.of(value) : MetricValue.none(MetricStatus.INFINITE);
    }

    /** A number as it was written; empty when it is none, or so large or small that it would be no use. */
    public static Optional<BigDecimal> number(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            boolean usable = text.length() <= LONGEST_NUMBER
                    && Math.abs((long) value.precision() - value.scale()) <= LARGEST_EXPONENT;
            return usable ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
