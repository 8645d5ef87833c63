package io.modelgate.policy;

import io.modelgate.evidence.Direction;
import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.Metric;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Dataset;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A metric of an evaluation has a value in bounds, or is not worse than that of the incumbent by more than a tolerance.
 *
 * @param metric its id
 * @param dataset what the data was used for
 * @param slice which part of the data; everything when empty
 * @param bounds where the value must be
 * @param tolerance how much worse than the incumbent it may be
 */
record MetricRequirement(
        String metric,
        DatasetRole dataset,
        Map<String, String> slice,
        Optional<Bounds> bounds,
        Optional<Tolerance> tolerance)
        implements Requirement {
    MetricRequirement {
        slice = java.util.Collections.unmodifiableMap(new TreeMap<>(slice));
    }

    /**
     * How much worse than the incumbent is still good.
     *
     * @param amount 0 or more, in units of the metric or as a part of the incumbent's value
     * @param relative whether it is a part
     * @param direction which way is better
     */
    record Tolerance(BigDecimal amount, boolean relative, Direction direction) {
        static Optional<Tolerance> of(Fields fields, Direction direction) {
            Optional<BigDecimal> absolute = fields.optionalNumber("absolute");
            Optional<BigDecimal> relative = fields.optionalNumber("relative");
            if (absolute.isPresent() == relative.isPresent()) {
                fields.refuse("absolute", "The tolerance is not exactly one of absolute and relative.", "Write one.");
                return Optional.empty();
            }
            BigDecimal amount = absolute.or(() -> relative).orElseThrow();
            if (amount.signum() < 0) {
                fields.refuse("absolute", "The tolerance is negative.", "Write 0 or more.");
                return Optional.empty();
            }
            return Optional.of(new Tolerance(amount, relative.isPresent(), direction));
        }

        /** The value at which it becomes too bad. */
        Bounds around(double incumbent) {
            BigDecimal base = BigDecimal.valueOf(incumbent);
            BigDecimal allowance = relative ? base.abs().multiply(amount) : amount;
            return direction == Direction.HIGHER_IS_BETTER
                    ? new Bounds(Optional.of(base.subtract(allowance)), Optional.empty())
                    : new Bounds(Optional.empty(), Optional.of(base.add(allowance)));
        }

        @Override
        public String toString() {
            return amount.toPlainString() + (relative ? " of its value" : "");
        }
    }

    static Optional<MetricRequirement> of(Fields fields) {
        String metric = fields.text("metric");
        Optional<DatasetRole> dataset = fields.parsed("dataset", DatasetRole::parse);
        Map<String, String> slice = fields.textMap("slice");
        Optional<Bounds> bounds = Bounds.of(fields);
        Direction direction =
                fields.optionalParsed("direction", Direction::parse).orElse(Direction.HIGHER_IS_BETTER);
        Optional<Tolerance> tolerance =
                fields.optionalChild("notWorseThanIncumbent").flatMap(child -> Tolerance.of(child, direction));
        if (bounds.isEmpty() && !fields.has("notWorseThanIncumbent") && !fields.has("between")) {
            fields.refuse("metric", "The rule has no bound.", "Write atLeast, atMost or notWorseThanIncumbent.");
        }
        return dataset.map(role -> new MetricRequirement(metric, role, slice, bounds, tolerance));
    }

    @Override
    public String title() {
        return label() + " on " + dataset.word();
    }

    @Override
    public Judgement judge(JudgeContext context) {
        List<Found> found = find(context.evidence());
        if (found.isEmpty()) {
            return Judgement.fail(
                    "not measured",
                    bound(),
                    Place.file(RegistryPath.directory(context.evidence().id()) + "/evaluations"),
                    "No evaluation on " + dataset.word() + " data has the metric " + label() + ".",
                    "Measure it and add the evaluation to the version.");
        }
        List<Judgement.Problem> problems = new ArrayList<>();
        String required = bound();
        for (Found each : found) {
            if (!each.metric().value().ok()) {
                problems.add(Judgement.Problem.of(
                        each.metric().place(),
                        label() + " is " + each.metric().value().status().word() + ", and such a value never passes.",
                        "Measure it on data where it is defined."));
                continue;
            }
            Optional<Bounds> relative = againstIncumbent(context, each, problems);
            required = relative.map(Bounds::toString).orElse(required);
            bounds.ifPresent(absolute -> check(each, absolute, "required", problems));
            relative.ifPresent(
                    limit -> check(each, limit, "what the version in " + context.stage() + " allows", problems));
        }
        Found last = found.get(found.size() - 1);
        boolean first = tolerance.isPresent() && context.incumbent().isEmpty();
        return Judgement.of(
                Shown.value(last.metric().value())
                        + (first ? ", nothing in " + context.stage() + " to compare with" : ""),
                required,
                last.metric().place(),
                problems);
    }

    /**
     * The strictest of what the incumbent's evaluations on the same data allow: evidence may be added to it by anybody, and
     * must never make room for a worse version.
     */
    private Optional<Bounds> againstIncumbent(JudgeContext context, Found mine, List<Judgement.Problem> problems) {
        if (tolerance.isEmpty() || context.incumbent().isEmpty()) {
            return Optional.empty();
        }
        Checked<Evidence> incumbent = context.incumbent().get();
        if (!incumbent.ok()) {
            problems.add(Judgement.Problem.of(
                    incumbent.findings().get(0).place(),
                    "The version in " + context.stage() + " cannot be compared with: "
                            + incumbent.findings().get(0).message(),
                    "Ask for a waiver of this rule: what is merged of that version cannot be mended."));
            return Optional.empty();
        }
        Optional<Bounds> strictest = find(incumbent.get()).stream()
                .filter(theirs -> theirs.isOnSameData(mine))
                .flatMap(theirs -> theirs.metric().value().number().stream().boxed())
                .max(
                        tolerance.get().direction() == Direction.HIGHER_IS_BETTER
                                ? Comparator.naturalOrder()
                                : Comparator.reverseOrder())
                .map(tolerance.get()::around);
        if (strictest.isEmpty()) {
            problems.add(Judgement.Problem.of(
                    mine.metric().place(),
                    "The version in " + context.stage() + " has no " + label() + " on the data set "
                            + mine.dataset().name() + " to compare with.",
                    "Measure both versions on the same data."));
        }
        return strictest;
    }

    private void check(Found found, Bounds limit, String whose, List<Judgement.Problem> problems) {
        double value = found.metric().value().number().getAsDouble();
        if (!limit.contain(value)) {
            problems.add(Judgement.Problem.of(
                    found.metric().place(),
                    label() + " is " + found.metric().value() + ", " + whose + " is " + limit + ": off by "
                            + Shown.number(limit.distance(value)) + ".",
                    "Improve the model, or propose another bound in the policy."));
        }
    }

    private record Found(Evaluation evaluation, Metric metric) {
        Dataset dataset() {
            return evaluation.measurement().dataset();
        }

        /** By digest where both say it; otherwise the name is all there is. */
        boolean isOnSameData(Found other) {
            Optional<Digest> mine = dataset().digest();
            Optional<Digest> theirs = other.dataset().digest();
            return (mine.isPresent() && theirs.isPresent())
                    ? mine.equals(theirs)
                    : dataset().name().equals(other.dataset().name());
        }
    }

    private List<Found> find(Evidence evidence) {
        return evidence.evaluations().stream()
                .filter(evaluation -> evaluation.role() == dataset)
                .flatMap(evaluation ->
                        evaluation.metric(metric, slice).stream().map(each -> new Found(evaluation, each)))
                .toList();
    }

    private String label() {
        return slice.isEmpty() ? metric : metric + " " + slice;
    }

    private String bound() {
        return bounds.map(Bounds::toString)
                .orElseGet(() -> tolerance.map(each -> "not worse by " + each).orElse(""));
    }
}
