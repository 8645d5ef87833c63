package io.modelgate.policy;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.IntervalMethod;
import io.modelgate.finding.Place;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fairness metric is in bounds for each attribute. Where a report has counts, what is judged is computed from them, for all
 * groups of the attribute and not only for those that the report mentions.
 *
 * @param attributes names of attributes, {@code sex} or crossed {@code sex*age}
 * @param references the group that others are compared with, by attribute; the report's own choice when absent
 * @param metric which metric
 * @param bounds where it must be
 * @param certainty how an interval counts
 * @param groups what happens with small groups and old reports
 * @param source which reports are judged, and whether what they say without counts is believed
 */
record FairnessRequirement(
        List<String> attributes,
        Map<String, String> references,
        FairnessMetric metric,
        Bounds bounds,
        Certainty certainty,
        Limits groups,
        Source source)
        implements Requirement {

    /** The largest whole number that every program reads as it is written. */
    private static final long MOST_PEOPLE = (1L << 53) - 1;

    FairnessRequirement {
        attributes = List.copyOf(attributes);
        references = java.util.Collections.unmodifiableMap(new TreeMap<>(references));
    }

    /**
     * What a report must be like.
     *
     * @param minGroupSize smaller groups are not judged
     * @param ignoreSmall whether a group that is too small is passed over; otherwise it fails the rule
     * @param maxAge how old a report may be
     */
    record Limits(long minGroupSize, boolean ignoreSmall, Optional<Duration> maxAge) {}

    /**
     * Where values come from.
     *
     * @param dataset the role of the data; any but training when empty
     * @param favourable the label that reports must take for the favourable one; any when empty
     * @param believesReports whether a value without counts passes as it is reported; whoever writes the report chooses it
     */
    record Source(Optional<DatasetRole> dataset, Optional<String> favourable, boolean believesReports) {
        boolean includes(FairnessReport report) {
            DatasetRole role = report.measurement().dataset().role();
            return dataset.map(role::equals).orElse(role != DatasetRole.TRAIN) && takesForFavourable(report);
        }

        private boolean takesForFavourable(FairnessReport report) {
            return favourable.map(report.favourable()::equals).orElse(true);
        }

        /** Why the reports that there are do not count; empty where there is none. */
        String otherwise(List<FairnessReport> reports) {
            return reports.stream()
                    .findFirst()
                    .map(report -> "; there is one "
                            + (takesForFavourable(report)
                                    ? "on "
                                            + report.measurement()
                                                    .dataset()
                                                    .role()
                                                    .word() + " data"
                                    : "in which " + report.favourable() + " is favourable, not "
                                            + favourable.orElseThrow())
                            + ", which does not count")
                    .orElse("");
        }
    }

    static Optional<FairnessRequirement> of(Fields fields) {
        List<String> attributes = fields.texts("attributes");
        Optional<FairnessMetric> metric = fields.parsed("metric", FairnessMetric::parse);
        Optional<Bounds> bounds = Bounds.of(fields);
        Optional<Certainty> certainty = Certainty.of(fields);
        long minimum = Bounds.integer(fields, "minGroupSize", 0, MOST_PEOPLE).orElse(0L);
        boolean ignore = fields.optionalText("belowMinGroupSize")
                .filter("ignore"::equals)
                .isPresent();
        Optional<Duration> maxAge = Durations.bounded(fields, "maxAge");
        Optional<DatasetRole> dataset = fields.optionalParsed("dataset", DatasetRole::parse);
        boolean believes =
                fields.optionalText("withoutCounts").filter("believe"::equals).isPresent();
        if (attributes.isEmpty()) {
            fields.refuse("attributes", "The rule names no attribute.", "Write attributes: [sex, age].");
        }
        if (!Bounds.areIn(fields)) {
            fields.refuse("metric", "The rule has no bound.", "Write atLeast, atMost or between.");
        }
        if (certainty.filter(each -> !each.isPoint()).isPresent()
                && metric.filter(FairnessMetric::isAboutSizes).isPresent()) {
            fields.refuse("mode", "This metric has no confidence interval.", "Write mode: point.");
        }
        if (certainty.filter(each -> each.method() == IntervalMethod.SCORE).isPresent()
                && metric.filter(FairnessMetric::hasScoreInterval).isEmpty()) {
            fields.refuse("intervals", "This metric has no score interval.", "Leave 'intervals' out.");
        }
        return attributes.isEmpty() || metric.isEmpty() || bounds.isEmpty() || certainty.isEmpty()
                ? Optional.empty()
                : Optional.of(new FairnessRequirement(
                        attributes,
                        fields.textMap("references"),
                        metric.get(),
                        bounds.get(),
                        certainty.get(),
                        new Limits(minimum, ignore, maxAge),
                        new Source(dataset, fields.optionalText("favourable"), believes)));
    }

    @Override
    public String title() {
        return metric.id() + " by " + String.join(", ", attributes);
    }

    @Override
    public List<String> details() {
        List<String> details = new ArrayList<>();
        if (groups.minGroupSize() > 0) {
            details.add("groups of fewer than " + groups.minGroupSize() + " people "
                    + (groups.ignoreSmall() ? "are passed over" : "fail it"));
        }
        references.forEach((attribute, group) -> details.add(attribute + " is compared with " + group));
        source.dataset().ifPresent(role -> details.add("only reports on " + role.word() + " data count"));
        groups.maxAge().ifPresent(age -> details.add("only reports at most " + Shown.duration(age) + " old count"));
        certainty.level(details);
        if (source.believesReports()) {
            details.add("values without counts are believed");
        }
        return details;
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        return FairnessDoubts.of(this, context.measured());
    }

    @Override
    public String bound() {
        return certainty.shown(bounds.toString());
    }

    @Override
    public Judgement judge(JudgeContext context) {
        List<Judgement.Problem> problems = new ArrayList<>();
        List<ExaminedGroups> examined = new ArrayList<>();
        Effort effort = new Effort();
        List<String> unmeasured = attributes.stream()
                .filter(attribute -> measuring(attribute, context).isEmpty())
                .toList();
        unmeasured.stream()
                .collect(Collectors.groupingBy(
                        attribute -> otherData(attribute, context), LinkedHashMap::new, Collectors.toList()))
                .forEach((other, names) -> problems.add(notMeasured(names, other, context)));
        attributes.stream()
                .filter(attribute -> !unmeasured.contains(attribute))
                .forEach(attribute -> judge(attribute, context, effort, examined, problems));
        Optional<ExaminedGroups> worst = examined.stream().max(Comparator.comparingDouble(ExaminedGroups::badness));
        return Judgement.of(
                worst.map(each -> each.shown(certainty)).orElse("not measured"),
                bound(),
                worst.map(ExaminedGroups::place).orElse(folder(context)),
                problems);
    }

    /**
     * Every report is judged that is not known to be too old: a bad one is not made good by another, nor by leaving out its date
     * or by writing the attribute otherwise. One at least must be known to be fresh.
     */
    private void judge(
            String attribute,
            JudgeContext context,
            Effort effort,
            List<ExaminedGroups> examined,
            List<Judgement.Problem> problems) {
        List<FairnessReport> measuring = measuring(attribute, context);
        boolean fresh = measuring.stream().anyMatch(report -> isFresh(report, context.now()));
        if (!fresh) {
            problems.add(notFresh(attribute, measuring, context.now()));
        }
        measuring.stream()
                .filter(report -> !isTooOld(report, context.now()))
                .forEach(report -> attributes(report, attribute).forEach(each -> {
                    AttributeExamination examination = new AttributeExamination(this, report, each, effort);
                    examined.addAll(examination.examined());
                    problems.addAll(examination.problems());
                }));
    }

    private List<FairnessReport> measuring(String attribute, JudgeContext context) {
        return context.evidence().fairness().stream()
                .filter(report -> source.includes(report)
                        && attributes(report, attribute).findAny().isPresent())
                .toList();
    }

    private Judgement.Problem notMeasured(List<String> names, String otherData, JudgeContext context) {
        return Judgement.Problem.of(
                folder(context),
                "No fairness report"
                        + source.dataset()
                                .map(role -> " on " + role.word() + " data")
                                .orElse("") + " measures the attribute" + (names.size() == 1 ? " " : "s ")
                        + String.join(", ", names) + otherData + ".",
                "Measure it and add a report with the counts of each group.");
    }

    private static Stream<Attribute> attributes(FairnessReport report, String name) {
        return report.attributes().stream().filter(each -> each.name().equalsIgnoreCase(name));
    }

    private String otherData(String attribute, JudgeContext context) {
        return source.otherwise(context.evidence().fairness().stream()
                .filter(report -> attributes(report, attribute).findAny().isPresent())
                .toList());
    }

    private boolean isTooOld(FairnessReport report, Instant now) {
        return groups.maxAge().isPresent() && report.measurement().createdAt().isPresent() && !isFresh(report, now);
    }

    private boolean isFresh(FairnessReport report, Instant now) {
        return groups.maxAge()
                .map(limit -> report.measurement()
                        .createdAt()
                        .filter(made -> Durations.isWithin(made, limit, now))
                        .isPresent())
                .orElse(true);
    }

    private Judgement.Problem notFresh(String attribute, List<FairnessReport> reports, Instant now) {
        FairnessReport newest = reports.stream()
                .max(Comparator.comparing(
                        report -> report.measurement().createdAt().orElse(Instant.MIN)))
                .orElseThrow();
        String said = newest.measurement()
                .createdAt()
                .map(made ->
                        made.isAfter(now) ? " says it was made at " + made + ", which is to come" : " is of " + made)
                .orElse(" does not say when it was made");
        return Judgement.Problem.of(
                newest.measurement().place(),
                "The newest report on " + attribute + ", " + newest.id() + "," + said + "; it may be "
                        + Shown.duration(groups.maxAge().orElseThrow()) + " old.",
                "Measure again and add the new report.");
    }

    private static Place folder(JudgeContext context) {
        return Place.file(RegistryPath.directory(context.evidence().id()) + "/fairness");
    }
}
