package io.modelgate.evidence;

import java.util.function.DoubleUnaryOperator;

/**
 * Score intervals of differences and ratios of rates: all values that a score test at this level would not reject, with the rates
 * estimated under that value. They have no closed form; each limit is found by bisection to the last digits. For policies that ask
 * for them by name; {@link Intervals} has the usual ones.
 */
final class ScoreIntervals {
    /** {@link #miettinenNurminen}. */
    static final String MIETTINEN_NURMINEN = "miettinen-nurminen";
    /** {@link #koopman}. */
    static final String KOOPMAN = "koopman";

    private static final int STEPS = 200;

    private ScoreIntervals() {}

    /**
     * Interval of {@code left - right}: Miettinen and Nurminen, Statistics in Medicine 4 (1985) 213-226, with their factor
     * N / (N - 1) of the variance.
     *
     * @param level confidence level such as 0.95
     */
    static Interval miettinenNurminen(Proportion left, Proportion right, double level) {
        double z = Intervals.quantile(level);
        double estimate = left.count() / left.total() - right.count() / right.total();
        DoubleUnaryOperator score = delta -> differenceScore(left, right, delta);
        double lower = bisect(score, z, -1, estimate);
        double upper = bisect(score, -z, estimate, 1);
        return new Interval(level, Math.min(lower, upper), Math.max(lower, upper), MIETTINEN_NURMINEN);
    }

    /**
     * Interval of {@code left / right}: Koopman, Biometrics 40 (1984) 513-517. From 0 where nobody of the left side is counted,
     * without an upper limit where nobody of the right side is.
     *
     * @param level confidence level such as 0.95
     */
    static Interval koopman(Proportion left, Proportion right, double level) {
        double z = Intervals.quantile(level);
        DoubleUnaryOperator score = logarithm -> ratioScore(left, right, Math.exp(logarithm));
        double least = -Math.log(Double.MAX_VALUE) / 2;
        double estimate = Math.log(left.count() / left.total()) - Math.log(right.count() / right.total());
        double middle = Double.isFinite(estimate) ? estimate : 0;
        double from = left.count() == 0 ? least : middle;
        double until = right.count() == 0 ? -least : middle;
        double lower = left.count() == 0 ? 0 : Math.exp(bisect(score, z, least, until));
        double upper = right.count() == 0 ? Double.POSITIVE_INFINITY : Math.exp(bisect(score, -z, from, -least));
        return new Interval(level, lower, upper, KOOPMAN);
    }

    /** Where a falling function has a value, between two places. */
    private static double bisect(DoubleUnaryOperator falling, double value, double from, double until) {
        double low = from;
        double high = until;
        for (int i = 0; i < STEPS; i++) {
            double middle = low + (high - low) / 2;
            if (middle == low || middle == high) {
                break;
            }
            if (falling.applyAsDouble(middle) > value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low + (high - low) / 2;
    }

    /** The score for a difference; the rates under it are the root of a cubic (appendix of Miettinen and Nurminen). */
    private static double differenceScore(Proportion left, Proportion right, double delta) {
        double n1 = left.total();
        double n2 = right.total();
        double n = n1 + n2;
        double x2 = right.count();
        double x = left.count() + x2;
        double l2 = (n1 + 2 * n2) * delta - n - x;
        double l1 = (n2 * delta - n - 2 * x2) * delta + x;
        double l0 = x2 * delta * (1 - delta);
        double third = l2 / (3 * n);
        double q = third * third * third - l1 * l2 / (6 * n * n) + l0 / (2 * n);
        double p = Math.copySign(Math.sqrt(Math.max(0, third * third - l1 / (3 * n))), q);
        double cosine = p == 0 ? 1 : Math.max(-1, Math.min(1, q / (p * p * p)));
        double angle = (Math.PI + Math.acos(cosine)) / 3;
        double rate2 = within(2 * p * Math.cos(angle) - third, Math.max(0, -delta), Math.min(1, 1 - delta));
        double rate1 = within(rate2 + delta, 0, 1);
        double variance = (rate1 * (1 - rate1) / n1 + rate2 * (1 - rate2) / n2) * n / (n - 1);
        return standard(left.count() / n1 - x2 / n2 - delta, variance);
    }

    /** The score for a ratio; the rates under it are the root of a quadratic (Koopman, equation 2.2). */
    private static double ratioScore(Proportion left, Proportion right, double ratio) {
        double n1 = left.total();
        double n2 = right.total();
        double x1 = left.count();
        double x2 = right.count();
        double a = (n1 + n2) * ratio;
        double b = ratio * (n1 + x2) + x1 + n2;
        double c = x1 + x2;
        double rate2 = within(2 * c / (b + Math.sqrt(Math.max(0, b * b - 4 * a * c))), 0, Math.min(1, 1 / ratio));
        double rate1 = within(rate2 * ratio, 0, 1);
        double variance = rate1 * (1 - rate1) / n1 + ratio * ratio * rate2 * (1 - rate2) / n2;
        return standard(x1 / n1 - ratio * (x2 / n2), variance);
    }

    private static double standard(double difference, double variance) {
        return variance > 0 ? difference / Math.sqrt(variance) : Math.signum(difference) * Double.POSITIVE_INFINITY;
    }

    private static double within(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }
}
