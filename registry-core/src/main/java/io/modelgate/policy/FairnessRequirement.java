package io.modelgate.policy;

import io.modelgate.evidence.Attribute;
import io.modelgate.evidence.FairnessMetric;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
 */
record FairnessRequirement(
        List<String> attributes,
        Map<String, String> references,
        FairnessMetric metric,
        Bounds bounds,
        Certainty certainty,
        Limits groups)
        implements Requirement {
    private static final double USUAL_LEVEL = 0.95;

    FairnessRequirement {
        attributes = List.copyOf(attributes);
        references = java.util.Collections.unmodifiableMap(new TreeMap<>(references));
    }

    /** How certain the value must be. */
    enum Mode {
        /** The value is in the bounds. */
        POINT,
        /** The whole interval is in the bounds. */
        CI_BOUND,
        /** The interval reaches into the bounds. */
        CI_NOT_SIGNIFICANT;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Mode parse(String word) {
            for (Mode mode : values()) {
                if (mode.word().equals(word)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException("'" + word + "' is no mode: point, ci-bound or ci-not-significant");
        }
    }

    /**
     * How certain the value must be.
     *
     * @param mode what of the interval must be in the bounds
     * @param level confidence level, such as 0.95
     */
    record Certainty(Mode mode, double level) {
        Certainty {
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("a level is between 0 and 1, such as 0.95");
            }
        }
    }

    /**
     * What a report must be like.
     *
     * @param minGroupSize smaller groups are not judged
     * @param ignoreSmall whether a group that is too small is passed over; otherwise it fails the rule
     * @param maxAge how old a report may be
     */
    record Limits(long minGroupSize, boolean ignoreSmall, Optional<Duration> maxAge) {}

    static Optional<FairnessRequirement> of(Fields fields) {
        List<String> attributes = fields.texts("attributes");
        Optional<FairnessMetric> metric = fields.parsed("metric", FairnessMetric::parse);
        Optional<Bounds> bounds = Bounds.of(fields);
        Mode mode = fields.optionalParsed("mode", Mode::parse).orElse(Mode.POINT);
        double level = fields.optionalNumber("level").map(Number::doubleValue).orElse(USUAL_LEVEL);
        long minimum = fields.optionalInteger("minGroupSize").orElse(0L);
        boolean ignore = fields.optionalText("belowMinGroupSize")
                .filter("ignore"::equals)
                .isPresent();
        Optional<Duration> maxAge = fields.optionalDuration("maxAge");
        if (attributes.isEmpty()) {
            fields.refuse("attributes", "The rule names no attribute.", "Write attributes: [sex, age].");
        }
        if (bounds.isEmpty()) {
            fields.refuse("metric", "The rule has no bound.", "Write atLeast, atMost or between.");
        }
        if (!(level > 0 && level < 1)) {
            fields.refuse("level", "level is not between 0 and 1.", "Write 0.95.");
            return Optional.empty();
        }
        return attributes.isEmpty() || metric.isEmpty() || bounds.isEmpty()
                ? Optional.empty()
                : Optional.of(new FairnessRequirement(
                        attributes,
                        fields.textMap("references"),
                        metric.get(),
                        bounds.get(),
                        new Certainty(mode, level),
                        new Limits(minimum, ignore, maxAge)));
    }

    @Override
    public String title() {
        return metric.id() + " by " + String.join(", ", attributes);
    }

    @Override
    public Judgement judge(JudgeContext context) {
        List<Judgement.Problem> problems = new ArrayList<>();
        List<Examined> examined = new ArrayList<>();
        for (String attribute : attributes) {
            judge(attribute, context, examined, problems);
        }
        Optional<Examined> worst = examined.stream()
                .max((a, b) -> Double.compare(a.badness(bounds, metric.ideal()), b.badness(bounds, metric.ideal())));
        Place place = worst.map(Examined::place)
                .orElse(Place.file(RegistryPath.directory(context.evidence().id()) + "/fairness"));
        return Judgement.of(
                worst.map(each -> each.shown(certainty.mode())).orElse("not measured"), bound(), place, problems);
    }

    private void judge(
            String attribute, JudgeContext context, List<Examined> examined, List<Judgement.Problem> problems) {
        boolean measured = false;
        for (FairnessReport report : context.evidence().fairness()) {
            Optional<Attribute> found = report.attribute(attribute);
            if (found.isPresent()) {
                measured = true;
                tooOld(report, context.now()).ifPresent(problems::add);
                AttributeExamination examination = new AttributeExamination(this, report, found.get());
                examined.addAll(examination.examined());
                problems.addAll(examination.problems());
            }
        }
        if (!measured) {
            problems.add(Judgement.Problem.of(
                    Place.file(RegistryPath.directory(context.evidence().id()) + "/fairness"),
                    "No fairness report measures the attribute " + attribute + ".",
                    "Measure it and add a report with the counts of each group."));
        }
    }

    private Optional<Judgement.Problem> tooOld(FairnessReport report, Instant now) {
        Optional<Instant> made = report.measurement().createdAt();
        if (groups.maxAge().isEmpty()) {
            return Optional.empty();
        }
        Duration limit = groups.maxAge().get();
        boolean fresh = made.filter(when -> !when.isBefore(now.minus(limit)) && !when.isAfter(now.plusSeconds(300)))
                .isPresent();
        return fresh
                ? Optional.empty()
                : Optional.of(Judgement.Problem.of(
                        report.measurement().place(),
                        "The report " + report.id()
                                + made.map(when -> " is of " + when).orElse(" does not say when it was made")
                                + "; at most " + limit.toDays() + " days are allowed.",
                        "Measure again and add the new report."));
    }

    private String bound() {
        return bounds
                + (certainty.mode() == Mode.POINT ? "" : ", " + certainty.mode().word());
    }
}
