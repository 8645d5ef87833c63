package io.modelgate.evidence;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * A confusion matrix: how many of a group were predicted what. Positive means the favourable outcome.
 *
 * @param n all of them
 * @param tp predicted favourable, rightly
 * @param fp predicted favourable, wrongly
 * @param tn predicted unfavourable, rightly
 * @param fn predicted unfavourable, wrongly
 */
public record Confusion(double n, double tp, double fp, double tn, double fn) {
    /** Nobody. */
    public static final Confusion NOBODY = new Confusion(0, 0, 0, 0, 0);

    private static final double RELATIVE = 1e-9;

    public Confusion {
        for (double each : new double[] {n, tp, fp, tn, fn}) {
            if (!(each >= 0) || each > Numbers.LARGEST_COUNT) {
                throw new IllegalArgumentException("a count must be 0 or more, and at most 2^53");
            }
        }
        if (!isSum(tp + fp + tn + fn, n)) {
            throw new IllegalArgumentException("tp + fp + tn + fn must be n");
        }
    }

    /** Whether a sum of counts is n: exactly for whole numbers, nearly for weighted ones. */
    static boolean isSum(double sum, double n) {
        boolean whole = Numbers.isWhole(sum) && Numbers.isWhole(n);
        return whole ? sum == n : Math.abs(sum - n) <= RELATIVE * n;
    }

    /** Whether each count is the other's, give or take so many people of whom nothing is known. */
    boolean isNear(Confusion other, double unknown) {
        return isNear(n, other.n, unknown)
                && isNear(tp, other.tp, unknown)
                && isNear(fp, other.fp, unknown)
                && isNear(tn, other.tn, unknown)
                && isNear(fn, other.fn, unknown);
    }

    /** Whether two counts differ by no more than so many people. */
    static boolean isNear(double one, double other, double unknown) {
        return isSum(one, other) || Math.abs(one - other) <= unknown;
    }

    /** {@code tp 8, fp 2, tn 27, fn 39}. */
    String shown() {
        return "tp " + Numbers.text(tp) + ", fp " + Numbers.text(fp) + ", tn " + Numbers.text(tn) + ", fn "
                + Numbers.text(fn);
    }

    /** So many people, of whom nothing else is known: only sizes may be computed from it. */
    static Confusion people(double n) {
        return new Confusion(n, 0, 0, n, 0);
    }

    /** All of these together. */
    public static Confusion pooled(Collection<Confusion> parts) {
        double tp = sum(parts, Confusion::tp);
        double fp = sum(parts, Confusion::fp);
        double tn = sum(parts, Confusion::tn);
        double fn = sum(parts, Confusion::fn);
        return new Confusion(tp + fp + tn + fn, tp, fp, tn, fn);
    }

    /** Those whose true outcome is favourable. */
    double positives() {
        return tp + fn;
    }

    /** Those whose true outcome is unfavourable. */
    double negatives() {
        return fp + tn;
    }

    /** Whether nobody is in it. */
    public boolean isEmpty() {
        return n == 0;
    }

    private static double sum(Collection<Confusion> parts, ToDoubleFunction<Confusion> count) {
        return parts.stream().mapToDouble(count).sum();
    }
}
