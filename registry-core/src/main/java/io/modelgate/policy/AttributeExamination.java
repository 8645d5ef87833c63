package io.modelgate.policy;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.Comparison;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.FairnessValue;
import io.modelgate.evidence.Interval;
import io.modelgate.evidence.MetricValue;
import io.modelgate.evidence.PairMetric;
import io.modelgate.evidence.People;
import io.modelgate.evidence.Sides;
import io.modelgate.finding.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges one attribute of one report: which groups are compared, with what result, and what is wrong with it. */
final class AttributeExamination {
    private final FairnessRequirement rule;
    private final FairnessReport report;
    private final Attribute attribute;
    private final People people;
    private final JudgedGroups groups;
    private final Map<Comparison, FairnessValue> reported = new HashMap<>();
    private final List<ExaminedGroups> examined = new ArrayList<>();
    private final List<Judgement.Problem> problems = new ArrayList<>();

    /** @param effort how many comparisons this rule may make yet */
    AttributeExamination(FairnessRequirement rule, FairnessReport report, Attribute attribute, Effort effort) {
        this.rule = rule;
        this.report = report;
        this.attribute = attribute;
        this.people = new People(attribute, report.weighted());
        this.groups = new JudgedGroups(attribute, people, rule.groups());
        report.values(rule.metric(), attribute.name()).forEach(each -> reported.put(each.comparison(), each));
        if (isPairwise() && !effort.allows((long) groups.size() * groups.size())) {
            groups.giveUp();
        }
        if (!groups.isEmpty()) {
            examine();
            settle();
        }
        problems.addAll(0, groups.problems());
    }

    List<ExaminedGroups> examined() {
        return examined;
    }

    List<Judgement.Problem> problems() {
        return problems;
    }

    private boolean isPairwise() {
        boolean pairs = !rule.certainty().isPoint() && !rule.metric().pairwise().isEmpty();
        return pairs || (rule.metric().sides() == Sides.PAIR && reference().isEmpty());
    }

    private void examine() {
        List<PairMetric> pairwise = rule.metric().pairwise();
        if (!rule.certainty().isPoint() && !pairwise.isEmpty()) {
            List<Comparison> pairs = groups.pairs();
            double level = 1 - (1 - rule.certainty().level()) / (pairs.size() * pairwise.size());
            pairwise.forEach(metric -> pairs.forEach(pair -> examine(metric, pair, level)));
            return;
        }
        List<Comparison> comparisons = switch (rule.metric().sides()) {
            case GROUPS -> List.of(Comparison.all(attribute.name()));
            case HIGHEST -> groups.withHighest();
            case PAIR -> groups.pairsWith(reference());
        };
        comparisons.forEach(this::examine);
    }

    /**
     * The reference that the policy names. Where it names none, every group is compared with every other: whoever writes the
     * report could choose a reference that hides a difference, such as a group in the middle.
     */
    private Optional<String> reference() {
        return rule.references().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(attribute.name()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private void examine(Comparison comparison) {
        Optional<FairnessValue> told = Optional.ofNullable(reported.get(comparison))
                .filter(value -> groups.isWhole() || !comparison.right().isEmpty());
        Optional<MetricValue> computed = compute(comparison);
        if (computed.isEmpty() && told.isPresent()) {
            unproven(told.get());
            if (!rule.source().believesReports()) {
                return;
            }
        }
        double level = rule.certainty().level();
        Optional<Interval> interval = people.interval(
                        rule.metric(), comparison, level, rule.certainty().method())
                .or(() -> told.flatMap(FairnessValue::interval)
                        .filter(given -> computed.isEmpty() && given.level() >= level));
        add(
                new ExaminedGroups.What(
                        rule.metric().id(), comparison, rule.metric().ideal()),
                computed.or(() -> told.map(FairnessValue::value)),
                interval,
                rule.bounds(),
                told.map(FairnessValue::place).orElseGet(() -> groups.place(comparison)));
    }

    /** A value that nothing in the report proves. */
    private void unproven(FairnessValue value) {
        String message =
                value.label() + " is what the report " + report.id() + " says; it has no counts to compute it from.";
        String remedy = "Report tp, fp, tn and fn of each group.";
        problems.add(
                rule.source().believesReports()
                        ? Judgement.Problem.worthALook(value.place(), message, remedy)
                        : Judgement.Problem.of(value.place(), message, remedy));
    }

    private Optional<MetricValue> compute(Comparison comparison) {
        return switch (rule.metric().sides()) {
            case GROUPS -> groups.counts().map(rule.metric()::compute);
            case HIGHEST ->
                groups.counts(comparison.left())
                        .flatMap(
                                left -> groups.counts().map(all -> rule.metric().compute(left, all)));
            case PAIR -> people.compute(rule.metric(), comparison);
        };
    }

    /** A pair of groups, at a level that holds for all pairs together (Bonferroni: 1 - (1 - level) / pairs). */
    private void examine(PairMetric metric, Comparison pair, double level) {
        Optional<MetricValue> value = groups.counts(pair.left())
                .flatMap(left -> groups.counts(pair.right()).map(right -> metric.compute(left, right)));
        Optional<Interval> interval = groups.counts(pair.left())
                .filter(left -> !report.weighted())
                .flatMap(left -> groups.counts(pair.right())
                        .flatMap(right -> metric.interval(
                                left, right, level, rule.certainty().method())));
        add(
                new ExaminedGroups.What(metric.label(), pair, metric.ideal()),
                value,
                interval,
                rule.bounds().ofPairs(metric.ratio()),
                groups.place(pair));
    }

    private void add(
            ExaminedGroups.What what,
            Optional<MetricValue> value,
            Optional<Interval> interval,
            Bounds required,
            Place place) {
        if (value.isEmpty()) {
            problems.add(Judgement.Problem.of(
                    place,
                    what + " is not in the report " + report.id() + ", and it has no counts to compute it from.",
                    "Report tp, fp, tn and fn of each group."));
        } else if (!value.get().ok()) {
            problems.add(Judgement.Problem.of(
                    place,
                    what + " is " + value.get().status().word() + ", and such a value never passes.",
                    "Measure on data where it is defined."));
        } else {
            ExaminedGroups one =
                    new ExaminedGroups(what, value.get().number().getAsDouble(), interval, required, place);
            examined.add(one);
        }
    }

    /** Two groups are compared both ways round where no reference is named; what is wrong with them is said once. */
    private void settle() {
        Map<List<Object>, ExaminedGroups> said = new LinkedHashMap<>();
        for (ExaminedGroups each : examined) {
            Comparison compared = each.what().comparison();
            List<Object> key = List.of(each.what().metric(), compared.left(), compared.right());
            List<Object> turned = List.of(each.what().metric(), compared.right(), compared.left());
            said.merge(said.containsKey(turned) ? turned : key, each, this::moreTelling);
        }
        examined.clear();
        examined.addAll(said.values());
        examined.forEach(each -> problem(each).ifPresent(problems::add));
    }

    /** The way round that is out of bounds; of two that both are or both are not, the one that looks at the worse off. */
    private ExaminedGroups moreTelling(ExaminedGroups one, ExaminedGroups other) {
        boolean wrong = problem(one).isPresent();
        if (wrong != problem(other).isPresent()) {
            return wrong ? one : other;
        }
        return other.value() < one.value() ? other : one;
    }

    private Optional<Judgement.Problem> problem(ExaminedGroups examined) {
        return examined.problem(
                rule.certainty(), report.weighted() ? "the counts are weighted" : "there are no counts");
    }
}
