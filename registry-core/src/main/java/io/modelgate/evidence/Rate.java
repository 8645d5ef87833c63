package io.modelgate.evidence;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A rate of a confusion matrix, with what it counts and of what. */
// The functions are stateless, which the checker cannot see.
@SuppressWarnings("ImmutableEnumChecker")
public enum Rate {
    /** Share that got the favourable prediction: (tp + fp) / n. */
    SELECTION_RATE(c -> c.tp() + c.fp(), Confusion::n),
    /** True positive rate, recall: tp / (tp + fn). */
    TPR(Confusion::tp, Confusion::positives),
    /** False positive rate: fp / (fp + tn). */
    FPR(Confusion::fp, Confusion::negatives),
    /** True negative rate: tn / (fp + tn). */
    TNR(Confusion::tn, Confusion::negatives),
    /** False negative rate: fn / (tp + fn). */
    FNR(Confusion::fn, Confusion::positives),
    /** Positive predictive value, precision: tp / (tp + fp). */
    PPV(Confusion::tp, c -> c.tp() + c.fp()),
    /** Negative predictive value: tn / (tn + fn). */
    NPV(Confusion::tn, c -> c.tn() + c.fn()),
    /** Share of right predictions: (tp + tn) / n. */
    ACCURACY(c -> c.tp() + c.tn(), Confusion::n);

    private final ToDoubleFunction<Confusion> count;
    private final ToDoubleFunction<Confusion> total;

    Rate(ToDoubleFunction<Confusion> count, ToDoubleFunction<Confusion> total) {
        this.count = count;
        this.total = total;
    }

    /** The rate of these people. */
    public Proportion of(Confusion confusion) {
        return new Proportion(count.applyAsDouble(confusion), total.applyAsDouble(confusion));
    }

    MetricValue value(Confusion confusion) {
        return of(confusion).value();
    }

    /** How it is called in ids of metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
