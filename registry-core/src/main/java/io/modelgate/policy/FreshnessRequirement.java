package io.modelgate.policy;

import io.modelgate.evidence.Measurement;
import io.modelgate.finding.Place;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was measured of the version, and the version itself, is not older than so long. Of each metric and of each attribute the
 * newest measurement counts, so that measuring one thing anew does not freshen the others; one that does not say when it was
 * made, or that says a time to come, does not count.
 *
 * @param evaluation greatest age of the newest evaluation
 * @param dataset on data of this role; any when empty
 * @param fairness greatest age of the newest fairness report
 * @param training greatest age of the version
 */
record FreshnessRequirement(
        Optional<Duration> evaluation,
        Optional<DatasetRole> dataset,
        Optional<Duration> fairness,
        Optional<Duration> training)
        implements Requirement {
    static Optional<FreshnessRequirement> of(Fields fields) {
        Optional<Duration> evaluation = Durations.bounded(fields, "evaluation");
        Optional<DatasetRole> dataset = fields.optionalParsed("dataset", DatasetRole::parse);
        Optional<Duration> fairness = Durations.bounded(fields, "fairness");
        Optional<Duration> training = Durations.bounded(fields, "training");
        if (Stream.of(evaluation, fairness, training).allMatch(Optional::isEmpty)) {
            fields.refuse("dataset", "The rule limits no age.", "Write evaluation, fairness or training: P90D.");
            return Optional.empty();
        }
        if (dataset.isPresent() && evaluation.isEmpty()) {
            fields.refuse("dataset", "The rule names a dataset, but limits no evaluation.", "Write evaluation: P90D.");
        }
        return Optional.of(new FreshnessRequirement(evaluation, dataset, fairness, training));
    }

    @Override
    public String title() {
        return "freshness";
    }

    /** What a stage goes back to is older than what is there now. */
    @Override
    public boolean holdsForRollback() {
        return false;
    }

    @Override
    public List<String> details() {
        return dataset.map(role -> List.of("only evaluations on " + role.word() + " data count"))
                .orElse(List.of());
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        List<Doubt> doubts = new ArrayList<>();
        evaluation.filter(Durations::isTooShort).ifPresent(age -> doubts.add(Doubt.tooShort("an evaluation")));
        fairness.filter(Durations::isTooShort).ifPresent(age -> doubts.add(Doubt.tooShort("a fairness report")));
        training.filter(Durations::isTooShort).ifPresent(age -> doubts.add(Doubt.tooShort("a version")));
        dataset.flatMap(context.measured()::evaluationData).ifPresent(doubts::add);
        return doubts;
    }

    private static String limit(String what, Optional<Duration> limit) {
        return limit.map(time -> what + " at most " + Shown.duration(time) + " old")
                .orElse("");
    }

    /** How old a thing is and may be. */
    private record Age(String what, Optional<Instant> made, Duration limit, Place place) {
        boolean isGood(Instant now) {
            return made.filter(time -> Durations.isWithin(time, limit, now)).isPresent();
        }

        String shown() {
            return what + made.map(time -> " of " + Shown.day(time)).orElse(": no time known");
        }
    }

    @Override
    public String bound() {
        return Stream.of(limit("evaluation", evaluation), limit("fairness", fairness), limit("training", training))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    @Override
    public Judgement judge(JudgeContext context) {
        List<Age> ages = new ArrayList<>();
        String folder = RegistryPath.directory(context.evidence().id());
        evaluation.ifPresent(
                limit -> ages.add(oldest(metrics(context), "no evaluation" + role(), limit, folder + "/evaluations")));
        fairness.ifPresent(
                limit -> ages.add(oldest(attributes(context), "no fairness report", limit, folder + "/fairness")));
        training.ifPresent(limit -> ages.add(new Age(
                "version",
                context.evidence().version().facts().createdAt(),
                limit,
                Place.file(new RegistryPath.ManifestFile(context.evidence().id()).path()))));
        List<Judgement.Problem> problems = ages.stream()
                .filter(age -> !age.isGood(context.now()))
                .map(age -> problem(age, context.now()))
                .toList();
        Age shown = ages.stream()
                .filter(age -> !age.isGood(context.now()))
                .findFirst()
                .orElse(ages.get(0));
        return Judgement.of(shown.shown(), bound(), shown.place(), problems);
    }

    /** The newest measurement of each thing that was measured, by what it is called. */
    private static void add(Map<String, Measurement> newest, String what, Measurement measurement, Instant now) {
        newest.merge(what, measurement, (one, two) -> credible(one, now).isBefore(credible(two, now)) ? two : one);
    }

    /** A time to come is a mistake: it does not make what was measured before it any older. */
    private static Instant credible(Measurement measurement, Instant now) {
        return at(measurement).isAfter(now.plus(Durations.CLOCKS_DIFFER))
                ? Instant.MIN.plusSeconds(1)
                : at(measurement);
    }

    private static Instant at(Measurement measurement) {
        return measurement.createdAt().orElse(Instant.MIN);
    }

    private Map<String, Measurement> metrics(JudgeContext context) {
        Map<String, Measurement> newest = new TreeMap<>();
        context.evidence().evaluations().stream()
                .filter(each -> dataset.map(each.role()::equals).orElse(true))
                .forEach(each -> each.metrics()
                        .forEach(metric -> add(
                                newest,
                                "evaluation" + role() + " with " + metric.id(),
                                each.measurement(),
                                context.now())));
        return newest;
    }

    private String role() {
        return dataset.map(word -> " on " + word.word() + " data").orElse("");
    }

    private static Map<String, Measurement> attributes(JudgeContext context) {
        Map<String, Measurement> newest = new TreeMap<>();
        context.evidence()
                .fairness()
                .forEach(report -> report.attributes()
                        .forEach(each ->
                                add(newest, "fairness report on " + each.name(), report.measurement(), context.now())));
        return newest;
    }

    private static Age oldest(Map<String, Measurement> newest, String none, Duration limit, String folder) {
        return newest.entrySet().stream()
                .min(Map.Entry.comparingByValue(Comparator.comparing(FreshnessRequirement::at)))
                .map(each -> new Age(
                        each.getKey(),
                        each.getValue().createdAt(),
                        limit,
                        each.getValue().place()))
                .orElseGet(() -> new Age(none, Optional.empty(), limit, Place.file(folder)));
    }

    private static Judgement.Problem problem(Age age, Instant now) {
        boolean measured = !age.what().startsWith("no ");
        String message = !measured
                ? "There is " + age.what() + "."
                : age.made()
                        .map(time -> time.isAfter(now)
                                ? "The newest " + age.what() + " says it was made at " + time + ", which is to come."
                                : "The newest " + age.what() + " is of " + time + "; it may be "
                                        + Shown.duration(age.limit()) + " old.")
                        .orElse("The newest " + age.what() + " does not say when it was made ('createdAt').");
        return Judgement.Problem.of(
                age.place(),
                age.what().equals("version") ? message.replace("The newest version", "The version") : message,
                measured && age.made().isEmpty()
                        ? "Say when: createdAt, or --created-at of 'modelgate evidence import'."
                        : age.what().equals("version")
                                ? "Train again and register the new version."
                                : "Measure again and add the result.");
    }
}
