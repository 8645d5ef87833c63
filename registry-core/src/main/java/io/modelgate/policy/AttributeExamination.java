package io.modelgate.policy;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.FairnessValue;
import io.modelgate.evidence.Group;
import io.modelgate.evidence.Interval;
import io.modelgate.evidence.MetricValue;
import io.modelgate.finding.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges one attribute of one report: which groups are compared, with what result, and what is wrong with it. */
final class AttributeExamination {
    private static final String MEASURE = "Retrain or correct the model, or say in the card why and ask for a waiver.";

    private final FairnessRequirement rule;
    private final FairnessReport report;
    private final Attribute attribute;
    private final List<Examined> examined = new ArrayList<>();
    private final List<Judgement.Problem> problems = new ArrayList<>();

    AttributeExamination(FairnessRequirement rule, FairnessReport report, Attribute attribute) {
        this.rule = rule;
        this.report = report;
        this.attribute = attribute;
        List<Group> judged = largeEnough();
        PairwiseMetric pairwise = PairwiseMetric.of(rule.metric());
        if (rule.certainty().mode() != FairnessRequirement.Mode.POINT && pairwise.isDerived()) {
            pairs(judged, pairwise);
        } else {
            comparisons(judged).forEach(comparison -> examine(rule.metric(), comparison, rule.bounds(), 1));
        }
    }

    List<Examined> examined() {
        return examined;
    }

    List<Judgement.Problem> problems() {
        return problems;
    }

    private List<Group> largeEnough() {
        List<Group> judged = new ArrayList<>();
        for (Group group : attribute.groups()) {
            if (group.n() >= rule.groups().minGroupSize()) {
                judged.add(group);
            } else {
                problems.add(tooSmall(group));
            }
        }
        if (judged.size() < 2) {
            problems.add(Judgement.Problem.of(
                    attribute.place(),
                    "The attribute " + attribute.name() + " has fewer than two groups to compare.",
                    "Measure on data with more people."));
            return List.of();
        }
        return judged;
    }

    private Judgement.Problem tooSmall(Group group) {
        String message = "The group " + group.name() + " of " + attribute.name() + " has " + Shown.number(group.n())
                + " people; at least " + rule.groups().minGroupSize() + " are needed to judge it.";
        return rule.groups().ignoreSmall()
                ? Judgement.Problem.worthALook(group.place(), message, "It is passed over, as the policy says.")
                : Judgement.Problem.of(group.place(), message, "Measure on data with more people of this group.");
    }

    private List<Comparison> comparisons(List<Group> judged) {
        if (judged.isEmpty()) {
            return List.of();
        }
        return switch (rule.metric().sides()) {
            case GROUPS -> List.of(groups(judged));
            case HIGHEST ->
                judged.stream()
                        .map(group -> Comparison.withHighest(attribute.name(), group.name()))
                        .toList();
            case PAIR -> pairsWithReference(judged);
        };
    }

    /** All groups; only those that are large enough when some are passed over. */
    private Comparison groups(List<Group> judged) {
        if (judged.size() == attribute.groups().size()) {
            return Comparison.all(attribute.name());
        }
        List<String> names = judged.stream().map(Group::name).toList();
        return new Comparison(
                attribute.name(),
                java.util.Set.copyOf(names.subList(0, 1)),
                java.util.Set.copyOf(names.subList(1, names.size())));
    }

    /**
     * Every group with the reference that the policy names. Where it names none, the report's choice counts if the bounds have
     * two sides; with one bound whoever writes the report could choose a reference that hides a difference, so that every
     * group is compared with every other.
     */
    private List<Comparison> pairsWithReference(List<Group> judged) {
        Optional<String> named = Optional.ofNullable(rule.references().get(attribute.name()));
        boolean twoSided =
                rule.bounds().atLeast().isPresent() && rule.bounds().atMost().isPresent();
        Optional<String> reference = named.or(() -> attribute.reference().filter(own -> twoSided));
        if (reference.isPresent() && attribute.group(reference.get()).isEmpty()) {
            problems.add(Judgement.Problem.of(
                    attribute.place(),
                    "The attribute " + attribute.name() + " has no group " + reference.get()
                            + ", which is the reference.",
                    "Report the groups by the names that the policy uses."));
            return List.of();
        }
        return judged.stream()
                .flatMap(right -> judged.stream()
                        .filter(left -> !left.name().equals(right.name()))
                        .filter(left -> reference.map(right.name()::equals).orElse(true))
                        .map(left -> Comparison.of(attribute.name(), left.name(), right.name())))
                .toList();
    }

    /** Each pair of groups, at a level that holds for all of them together (Bonferroni: 1 - (1 - level) / pairs). */
    private void pairs(List<Group> judged, PairwiseMetric pairwise) {
        List<Comparison> pairs = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            for (int j = i + 1; j < judged.size(); j++) {
                pairs.add(Comparison.of(
                        attribute.name(), judged.get(i).name(), judged.get(j).name()));
            }
        }
        if (pairwise.metrics().isEmpty() && !pairs.isEmpty()) {
            problems.add(Judgement.Problem.of(
                    attribute.place(),
                    rule.metric().id() + " has no confidence interval.",
                    "Ask for mode point in the policy, or for another metric."));
            return;
        }
        int tests = pairs.size() * pairwise.metrics().size();
        Bounds bounds = pairwise.bounds(rule.bounds());
        for (FairnessMetric each : pairwise.metrics()) {
            pairs.forEach(pair -> examine(each, pair, bounds, tests));
        }
    }

    private void examine(FairnessMetric metric, Comparison comparison, Bounds bounds, int tests) {
        Optional<FairnessValue> reported = report.value(metric, comparison);
        Optional<MetricValue> computed = report.compute(metric, comparison);
        Optional<MetricValue> value = computed.or(() -> reported.map(FairnessValue::value));
        Place place = reported.map(FairnessValue::place).orElseGet(() -> placeOf(comparison));
        if (value.isEmpty()) {
            problems.add(Judgement.Problem.of(
                    place,
                    metric.id() + " of " + comparison + " is not in the report " + report.id()
                            + ", and it has no counts to compute it from.",
                    "Report tp, fp, tn and fn of each group."));
            return;
        }
        if (!value.get().ok()) {
            problems.add(Judgement.Problem.of(
                    place,
                    metric.id() + " of " + comparison + " is "
                            + value.get().status().word() + ", and such a value never passes.",
                    "Measure on data where it is defined."));
            return;
        }
        double number = value.get().number().getAsDouble();
        double level = 1 - (1 - rule.certainty().level()) / tests;
        Optional<Interval> interval = rule.certainty().mode() == FairnessRequirement.Mode.POINT
                ? Optional.empty()
                : report.interval(metric, comparison, level)
                        .or(() -> reported.flatMap(FairnessValue::interval)
                                .filter(given -> computed.isEmpty() && given.level() >= level));
        Examined one = new Examined(comparison, number, interval, place);
        examined.add(one);
        check(metric, one, bounds).ifPresent(problems::add);
    }

    private Optional<Judgement.Problem> check(FairnessMetric metric, Examined one, Bounds bounds) {
        FairnessRequirement.Mode mode = rule.certainty().mode();
        if (mode == FairnessRequirement.Mode.POINT) {
            return bounds.contain(one.value()) ? Optional.empty() : Optional.of(outside(metric, one, bounds, ""));
        }
        if (one.interval().isEmpty()) {
            return Optional.of(Judgement.Problem.of(
                    one.place(),
                    metric.id() + " of " + one.comparison() + " has no confidence interval"
                            + (report.weighted() ? ": its counts are weighted." : "."),
                    "Report unweighted counts of each group."));
        }
        Interval interval = one.interval().get();
        boolean good = mode == FairnessRequirement.Mode.CI_BOUND ? bounds.contain(interval) : bounds.touch(interval);
        return good ? Optional.empty() : Optional.of(outside(metric, one, bounds, ", interval " + interval));
    }

    private static Judgement.Problem outside(FairnessMetric metric, Examined one, Bounds bounds, String interval) {
        double by = bounds.distance(one.value());
        return Judgement.Problem.of(
                one.place(),
                metric.id() + " of " + one.comparison() + " is " + Shown.number(one.value()) + interval
                        + ", required is " + bounds + (by > 0 ? ": off by " + Shown.number(by) : "") + ".",
                MEASURE);
    }

    private Place placeOf(Comparison comparison) {
        return Stream.concat(comparison.left().stream(), comparison.right().stream())
                .flatMap(name -> attribute.group(name).stream())
                .map(Group::place)
                .findFirst()
                .orElse(attribute.place());
    }
}
