package io.modelgate.evidence;

import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.apache.commons.numbers.gamma.InverseErfc;

/**
 * Confidence intervals of rates, of their differences and of their ratios, all from Wilson's limits of each rate. They are
 * closed forms and defined for every table with somebody in each group, also where a rate is 0 or 1.
 *
 * <p>The method of variance estimates recovery (MOVER) joins the limits of independent estimates to limits of their sum,
 * difference or ratio: Zou and Donner, Statistics in Medicine 27 (2008) 1693-1702; for ratios Donner and Zou, Statistical
 * Methods in Medical Research 21 (2012) 347-359. Counts must be counts of people: weighted counts have another variance.
 */
public final class Intervals {
    /** {@link #wilson}. */
    public static final String WILSON = "wilson";
    /** {@link #newcombe}. */
    public static final String NEWCOMBE = "newcombe";
    /** {@link #moverR}. */
    public static final String MOVER_R = "mover-r-wilson";
    /** {@link #moverAverageOdds}. */
    public static final String MOVER_AVERAGE_ODDS = "mover-wilson";

    static final Set<String> METHODS = Set.of(WILSON, NEWCOMBE, MOVER_R, MOVER_AVERAGE_ODDS);

    private Intervals() {}

    /**
     * Interval of a rate: the score interval of Wilson, Journal of the American Statistical Association 22 (1927) 209-212,
     * without continuity correction.
     *
     * @param level confidence level such as 0.95
     */
    public static Interval wilson(Proportion rate, double level) {
        Limits limits = Limits.of(rate, quantile(level));
        return new Interval(level, limits.lower(), limits.upper(), WILSON);
    }

    /**
     * Interval of {@code left - right}: method 10 of Newcombe, Statistics in Medicine 17 (1998) 873-890.
     *
     * @param level confidence level such as 0.95
     */
    public static Interval newcombe(Proportion left, Proportion right, double level) {
        double z = quantile(level);
        return sum(List.of(Limits.of(left, z), Limits.of(right, z).negated()), level, NEWCOMBE);
    }

    /**
     * Interval of the average odds difference, {@code ((FPR left - FPR right) + (TPR left - TPR right)) / 2}: MOVER of four
     * independent rates with weights 1/2 and -1/2.
     *
     * @param level confidence level such as 0.95
     */
    public static Interval moverAverageOdds(Confusion left, Confusion right, double level) {
        double z = quantile(level);
        List<Limits> terms = List.of(
                Limits.of(Rate.FPR.of(left), z).half(),
                Limits.of(Rate.TPR.of(left), z).half(),
                Limits.of(Rate.FPR.of(right), z).half().negated(),
                Limits.of(Rate.TPR.of(right), z).half().negated());
        return sum(terms, level, MOVER_AVERAGE_ODDS);
    }

    /**
     * Interval of {@code left / right}: MOVER-R of Donner and Zou (2012), equation 9. Written without the difference of
     * nearly equal numbers in the numerator of the lower limit. The upper limit is infinite when nobody of the right side is
     * counted.
     *
     * @param level confidence level such as 0.95
     */
    public static Interval moverR(Proportion left, Proportion right, double level) {
        double z = quantile(level);
        Limits a = Limits.of(left, z);
        Limits b = Limits.of(right, z);
        double product = a.estimate() * b.estimate();
        double lowA = a.lower() * (2 * a.estimate() - a.lower());
        double highA = a.upper() * (2 * a.estimate() - a.upper());
        double lowB = b.lower() * (2 * b.estimate() - b.lower());
        double highB = b.upper() * (2 * b.estimate() - b.upper());
        double lower = lowA == 0 ? 0 : lowA / (product + root(product * product - lowA * highB));
        double upper = lowB == 0 ? Double.POSITIVE_INFINITY : (product + root(product * product - highA * lowB)) / lowB;
        return new Interval(level, lower, upper, MOVER_R);
    }

    /** The two-sided quantile of the normal distribution: 1.95996… for 0.95. */
    static double quantile(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a confidence level is between 0 and 1, such as 0.95");
        }
        return Math.sqrt(2) * InverseErfc.value(1 - level);
    }

    private static Interval sum(List<Limits> terms, double level, String method) {
        double estimate = terms.stream().mapToDouble(Limits::estimate).sum();
        double below = length(terms.stream().mapToDouble(each -> each.estimate() - each.lower()));
        double above = length(terms.stream().mapToDouble(each -> each.upper() - each.estimate()));
        return new Interval(level, estimate - below, estimate + above, method);
    }

    private static double length(DoubleStream parts) {
        return Math.sqrt(parts.map(each -> each * each).sum());
    }

    /** Rounding can make a number that is never negative a little less than 0. */
    private static double root(double square) {
        return Math.sqrt(Math.max(0, square));
    }

    /** An estimate between its limits. */
    private record Limits(double estimate, double lower, double upper) {
        static Limits of(Proportion rate, double z) {
            double count = rate.count();
            double total = rate.total();
            if (!rate.isDefined() || !(count >= 0 && count <= total)) {
                throw new IllegalArgumentException("a rate of nobody has no interval");
            }
            return new Limits(count / total, lower(count, total, z), 1 - lower(total - count, total, z));
        }

        /** Wilson's lower limit, as a product: the usual difference loses digits where the rate is small. */
        private static double lower(double count, double total, double z) {
            double square = z * z;
            double spread = z * Math.sqrt(square + 4 * count * (total - count) / total);
            return 2 * count * count / (total * (2 * count + square + spread));
        }

        Limits negated() {
            return new Limits(-estimate, -upper, -lower);
        }

        Limits half() {
            return new Limits(estimate / 2, lower / 2, upper / 2);
        }
    }
}
