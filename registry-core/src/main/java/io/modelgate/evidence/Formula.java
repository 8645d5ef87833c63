package io.modelgate.evidence;

import java.util.List;
import java.util.Optional;

/** How a fairness metric is computed from the confusion matrices of groups. */
sealed interface Formula {
    MetricValue compute(Compared people);

    /** What the metric compares. */
    Sides sides();

    /** Which values it can have. */
    Scale scale();

    /** The definition, for people. */
    String text();

    /** Whether the sizes of the groups are all that it needs. */
    default boolean isAboutSizes() {
        return false;
    }

    /** The interval of a metric that compares a pair; empty for those that have none, and when a rate is undefined. */
    default Optional<Interval> interval(Confusion left, Confusion right, double level) {
        return Optional.empty();
    }

    /** Its score interval; empty for those that have none, and when a rate is undefined. */
    default Optional<Interval> scoreInterval(Confusion left, Confusion right, double level) {
        return Optional.empty();
    }

    /** What to compare of each pair of groups where intervals are asked for; nothing when it compares a pair itself. */
    default List<PairMetric> pairwise() {
        return List.of();
    }

    private static boolean defined(Confusion left, Confusion right, Rate rate) {
        return rate.of(left).isDefined() && rate.of(right).isDefined();
    }

    /** {@code rate left - rate right}. */
    record Difference(Rate rate) implements Formula {
        @Override
        public MetricValue compute(Compared people) {
            return rate.value(people.left()).with(rate.value(people.right()), (left, right) -> left - right);
        }

        @Override
        public Sides sides() {
            return Sides.PAIR;
        }

        @Override
        public Scale scale() {
            return Scale.DIFFERENCE;
        }

        @Override
        public String text() {
            return "%1$s left - %1$s right".formatted(rate.word());
        }

        @Override
        public Optional<Interval> interval(Confusion left, Confusion right, double level) {
            return defined(left, right, rate)
                    ? Optional.of(Intervals.newcombe(rate.of(left), rate.of(right), level))
                    : Optional.empty();
        }

        @Override
        public Optional<Interval> scoreInterval(Confusion left, Confusion right, double level) {
            return defined(left, right, rate)
                    ? Optional.of(ScoreIntervals.miettinenNurminen(rate.of(left), rate.of(right), level))
                    : Optional.empty();
        }
    }

    /** {@code rate left / rate right}. */
    record Ratio(Rate rate) implements Formula {
        @Override
        public MetricValue compute(Compared people) {
            return rate.value(people.left()).dividedBy(rate.value(people.right()));
        }

        @Override
        public Sides sides() {
            return Sides.PAIR;
        }

        @Override
        public Scale scale() {
            return Scale.RATIO;
        }

        @Override
        public String text() {
            return "%1$s left / %1$s right".formatted(rate.word());
        }

        @Override
        public Optional<Interval> interval(Confusion left, Confusion right, double level) {
            return defined(left, right, rate)
                    ? Optional.of(Intervals.moverR(rate.of(left), rate.of(right), level))
                    : Optional.empty();
        }

        @Override
        public Optional<Interval> scoreInterval(Confusion left, Confusion right, double level) {
            return defined(left, right, rate)
                    ? Optional.of(ScoreIntervals.koopman(rate.of(left), rate.of(right), level))
                    : Optional.empty();
        }
    }

    /** {@code ((FPR left - FPR right) + (TPR left - TPR right)) / 2}. */
    record AverageOdds() implements Formula {
        @Override
        public MetricValue compute(Compared people) {
            MetricValue fpr = new Difference(Rate.FPR).compute(people);
            return new Difference(Rate.TPR).compute(people).with(fpr, (a, b) -> (a + b) / 2);
        }

        @Override
        public Sides sides() {
            return Sides.PAIR;
        }

        @Override
        public Scale scale() {
            return Scale.DIFFERENCE;
        }

        @Override
        public String text() {
            return "((fpr left - fpr right) + (tpr left - tpr right)) / 2";
        }

        @Override
        public Optional<Interval> interval(Confusion left, Confusion right, double level) {
            return defined(left, right, Rate.TPR) && defined(left, right, Rate.FPR)
                    ? Optional.of(Intervals.moverAverageOdds(left, right, level))
                    : Optional.empty();
        }
    }

    /** {@code (n right - n left) / (n right + n left)}: about the data, before any model. */
    record ClassImbalance() implements Formula {
        @Override
        public MetricValue compute(Compared people) {
            double left = people.left().n();
            double right = people.right().n();
            return MetricValue.ratio(right - left, right + left);
        }

        @Override
        public Sides sides() {
            return Sides.PAIR;
        }

        @Override
        public Scale scale() {
            return Scale.DIFFERENCE;
        }

        @Override
        public boolean isAboutSizes() {
            return true;
        }

        @Override
        public String text() {
            return "(n right - n left) / (n right + n left)";
        }
    }

    /** {@code max - min} of a rate over groups. */
    record Range(Rate rate) implements Formula {
        @Override
        public MetricValue compute(Compared people) {
            return Extremes.of(rate, people.groups()).range();
        }

        @Override
        public Sides sides() {
            return Sides.GROUPS;
        }

        @Override
        public Scale scale() {
            return Scale.RANGE;
        }

        @Override
        public String text() {
            return "max %1$s - min %1$s".formatted(rate.word());
        }

        @Override
        public List<PairMetric> pairwise() {
            return List.of(new PairMetric(rate, false));
        }
    }

    /** {@code min / max} of a rate over groups. */
    record MinMaxRatio(Rate rate) implements Formula {
        @Override
        public MetricValue compute(Compared people) {
            Extremes extremes = Extremes.of(rate, people.groups());
            return extremes.min().dividedBy(extremes.max());
        }

        @Override
        public Sides sides() {
            return Sides.GROUPS;
        }

        @Override
        public Scale scale() {
            return Scale.SHARE;
        }

        @Override
        public String text() {
            return "min %1$s / max %1$s".formatted(rate.word());
        }

        @Override
        public List<PairMetric> pairwise() {
            return List.of(new PairMetric(rate, true));
        }
    }

    /** The larger of the ranges of the true and the false positive rate. */
    record EqualizedOdds() implements Formula {
        @Override
        public MetricValue compute(Compared people) {
            MetricValue tpr = Extremes.of(Rate.TPR, people.groups()).range();
            return tpr.with(Extremes.of(Rate.FPR, people.groups()).range(), Math::max);
        }

        @Override
        public Sides sides() {
            return Sides.GROUPS;
        }

        @Override
        public Scale scale() {
            return Scale.RANGE;
        }

        @Override
        public String text() {
            return "max(max tpr - min tpr, max fpr - min fpr)";
        }

        @Override
        public List<PairMetric> pairwise() {
            return List.of(new PairMetric(Rate.TPR, false), new PairMetric(Rate.FPR, false));
        }
    }

    /** {@code selection rate left / max selection rate}. */
    record ImpactRatio() implements Formula {
        @Override
        public MetricValue compute(Compared people) {
            return Rate.SELECTION_RATE
                    .value(people.left())
                    .dividedBy(Extremes.of(Rate.SELECTION_RATE, people.groups()).max());
        }

        @Override
        public Sides sides() {
            return Sides.HIGHEST;
        }

        @Override
        public Scale scale() {
            return Scale.SHARE;
        }

        @Override
        public String text() {
            return "selection_rate left / max selection_rate";
        }

        @Override
        public List<PairMetric> pairwise() {
            return List.of(new PairMetric(Rate.SELECTION_RATE, true));
        }
    }

    /** The lowest and the highest of a rate; undefined with fewer than two groups or when the rate of one is undefined. */
    record Extremes(MetricValue min, MetricValue max) {
        private static final Extremes NONE = new Extremes(MetricValue.UNDEFINED, MetricValue.UNDEFINED);

        static Extremes of(Rate rate, List<Confusion> groups) {
            if (groups.size() < 2) {
                return NONE;
            }
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (Confusion group : groups) {
                MetricValue value = rate.value(group);
                if (!value.ok()) {
                    return NONE;
                }
                min = Math.min(min, value.number().getAsDouble());
                max = Math.max(max, value.number().getAsDouble());
            }
            return new Extremes(MetricValue.of(min), MetricValue.of(max));
        }

        MetricValue range() {
            return max.with(min, (high, low) -> high - low);
        }
    }
}
