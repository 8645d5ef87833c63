package io.modelgate.evidence;

import io.modelgate.manifest.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The fairness metrics that reports and policies name, with their definitions. Tools use some of these names for other
 * things: a report carries our id and keeps the tool's name beside it.
 */
public enum FairnessMetric {
    SELECTION_RATE_DIFFERENCE(new Formula.Difference(Rate.SELECTION_RATE)),
    DISPARATE_IMPACT_RATIO(new Formula.Ratio(Rate.SELECTION_RATE)),
    IMPACT_RATIO(new Formula.ImpactRatio()),
    DEMOGRAPHIC_PARITY_DIFFERENCE(new Formula.Range(Rate.SELECTION_RATE)),
    DEMOGRAPHIC_PARITY_RATIO(new Formula.MinMaxRatio(Rate.SELECTION_RATE)),
    EQUAL_OPPORTUNITY_DIFFERENCE(new Formula.Difference(Rate.TPR)),
    EQUALIZED_ODDS_DIFFERENCE(new Formula.EqualizedOdds()),
    AVERAGE_ODDS_DIFFERENCE(new Formula.AverageOdds()),
    PREDICTIVE_PARITY_DIFFERENCE(new Formula.Difference(Rate.PPV)),
    NPV_DIFFERENCE(new Formula.Difference(Rate.NPV)),
    ACCURACY_DIFFERENCE(new Formula.Difference(Rate.ACCURACY)),
    TPR_RATIO(new Formula.Ratio(Rate.TPR)),
    FPR_RATIO(new Formula.Ratio(Rate.FPR)),
    TNR_RATIO(new Formula.Ratio(Rate.TNR)),
    FNR_RATIO(new Formula.Ratio(Rate.FNR)),
    TPR_RANGE(new Formula.Range(Rate.TPR)),
    FPR_RANGE(new Formula.Range(Rate.FPR)),
    TNR_RANGE(new Formula.Range(Rate.TNR)),
    FNR_RANGE(new Formula.Range(Rate.FNR)),
    PPV_RANGE(new Formula.Range(Rate.PPV)),
    NPV_RANGE(new Formula.Range(Rate.NPV)),
    ACCURACY_RANGE(new Formula.Range(Rate.ACCURACY)),
    TPR_MIN_MAX_RATIO(new Formula.MinMaxRatio(Rate.TPR)),
    FPR_MIN_MAX_RATIO(new Formula.MinMaxRatio(Rate.FPR)),
    TNR_MIN_MAX_RATIO(new Formula.MinMaxRatio(Rate.TNR)),
    FNR_MIN_MAX_RATIO(new Formula.MinMaxRatio(Rate.FNR)),
    PPV_MIN_MAX_RATIO(new Formula.MinMaxRatio(Rate.PPV)),
    NPV_MIN_MAX_RATIO(new Formula.MinMaxRatio(Rate.NPV)),
    ACCURACY_MIN_MAX_RATIO(new Formula.MinMaxRatio(Rate.ACCURACY)),
    CLASS_IMBALANCE(new Formula.ClassImbalance());

    private static final Map<String, FairnessMetric> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(FairnessMetric::id, Function.identity()));

    // Formula is sealed and all its records are immutable, which the checker cannot see.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Formula formula;

    FairnessMetric(Formula formula) {
        this.formula = formula;
    }

    /** The metric of an id; throws {@link IllegalArgumentException} with a message for people. */
    public static FairnessMetric parse(String id) {
        FairnessMetric metric = BY_ID.get(id);
        if (metric == null) {
            String near = Suggestion.nearest(id, BY_ID.keySet())
                    .map(each -> "; did you mean " + each + "?")
                    .orElse("");
            throw new IllegalArgumentException("'" + id + "' is not a fairness metric" + near);
        }
        return metric;
    }

    /** The id in reports and policies, such as {@code disparate_impact_ratio}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it compares. */
    public Sides sides() {
        return formula.sides();
    }

    /** The value of perfect fairness: 0 for a difference, 1 for a ratio. */
    public double ideal() {
        return formula.scale().ideal();
    }

    Scale scale() {
        return formula.scale();
    }

    /** Its definition, for people. */
    public String definition() {
        return formula.text();
    }

    /** Whether its ideal is 1. */
    public boolean isRatio() {
        return ideal() == 1;
    }

    /** Whether it is about the sizes of groups alone, so that no tp, fp, tn, fn are needed. */
    public boolean isAboutSizes() {
        return formula.isAboutSizes();
    }

    /** Its value for two groups; {@link Sides#HIGHEST} compares the left with the higher of both. */
    public MetricValue compute(Confusion left, Confusion right) {
        return formula.compute(Compared.pair(left, right));
    }

    /** Its value over all groups, for {@link Sides#GROUPS}. Groups without people are left out. */
    public MetricValue compute(List<Confusion> groups) {
        return compute(Compared.groups(Confusion.NOBODY, groups));
    }

    /** Its value for one group among all, for {@link Sides#HIGHEST}. Groups without people are left out. */
    public MetricValue compute(Confusion left, List<Confusion> groups) {
        return compute(Compared.groups(left, groups));
    }

    /**
     * What to compare of each pair of groups where intervals are asked for, since a metric over all groups has none; nothing
     * for a metric that compares a pair itself.
     */
    public List<PairMetric> pairwise() {
        return formula.pairwise();
    }

    MetricValue compute(Compared people) {
        return formula.compute(people);
    }

    /**
     * Its interval for two groups, from counts of people; empty for metrics over all groups and when a rate
     * is undefined.
     *
     * @param level confidence level such as 0.95
     */
    public Optional<Interval> interval(Confusion left, Confusion right, double level) {
        return formula.interval(left, right, level);
    }

    /** Its interval by a method; empty too for a metric that the method does not fit. */
    public Optional<Interval> interval(Confusion left, Confusion right, double level, IntervalMethod method) {
        return method == IntervalMethod.SCORE
                ? formula.scoreInterval(left, right, level)
                : formula.interval(left, right, level);
    }

    /** Whether there is a score interval of it, or of the pairs that stand for it. */
    public boolean hasScoreInterval() {
        return formula instanceof Formula.Difference
                || formula instanceof Formula.Ratio
                || !pairwise().isEmpty();
    }
}
