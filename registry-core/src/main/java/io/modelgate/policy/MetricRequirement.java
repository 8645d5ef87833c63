package io.modelgate.policy;

import io.modelgate.evidence.Direction;
import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.Evidence;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A metric of an evaluation has a value in bounds, or is not worse than that of the incumbent by more than a tolerance.
 *
 * @param metric its id
 * @param dataset what the data was used for
 * @param slices for which parts of the data
 * @param bounds where the value must be
 * @param tolerance how much worse than the incumbent it may be
 * @param certainty whether the bounds hold for the value or for its confidence interval
 */
record MetricRequirement(
        String metric,
        DatasetRole dataset,
        Slices slices,
        Optional<Bounds> bounds,
        Optional<Tolerance> tolerance,
        Certainty certainty)
        implements Requirement {
    static Optional<MetricRequirement> of(Fields fields) {
        String metric = fields.text("metric");
        Optional<DatasetRole> dataset = fields.parsed("dataset", DatasetRole::parse);
        Slices slices = Slices.of(fields);
        Optional<Bounds> bounds = Bounds.of(fields);
        Direction direction =
                fields.optionalParsed("direction", Direction::parse).orElse(Direction.HIGHER_IS_BETTER);
        Optional<Tolerance> tolerance =
                fields.optionalChild("notWorseThanIncumbent").flatMap(child -> Tolerance.of(child, direction));
        Optional<Certainty> certainty = Certainty.of(fields);
        if (!Bounds.areIn(fields) && !fields.has("notWorseThanIncumbent")) {
            fields.refuse("metric", "The rule has no bound.", "Write atLeast, atMost or notWorseThanIncumbent.");
        }
        return dataset.flatMap(
                role -> certainty.map(sure -> new MetricRequirement(metric, role, slices, bounds, tolerance, sure)));
    }

    @Override
    public String title() {
        return metric + slices + " on " + dataset.word();
    }

    @Override
    public List<String> details() {
        List<String> details = new ArrayList<>();
        if (bounds.isPresent()) {
            tolerance.ifPresent(
                    each -> details.add("and not worse than the version in the stage by more than " + each));
        }
        certainty.level(details);
        return details;
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        return MetricDoubts.of(this, context.measured());
    }

    @Override
    public Judgement judge(JudgeContext context) {
        return new MetricExamination(this, context).judgement();
    }

    /** What the evaluations on data of this role say of the metric. */
    List<MeasuredMetric> find(Evidence evidence) {
        return evidence.evaluations().stream()
                .filter(evaluation -> evaluation.role() == dataset)
                .flatMap(this::find)
                .toList();
    }

    private Stream<MeasuredMetric> find(Evaluation evaluation) {
        return evaluation.metrics().stream()
                .filter(each -> each.id().equals(metric) && slices.include(each.slice()))
                .map(each -> new MeasuredMetric(evaluation, each));
    }

    @Override
    public String bound() {
        return certainty.shown(bounds.map(Bounds::toString)
                .orElseGet(() -> tolerance.map(each -> "not worse by " + each).orElse("")));
    }
}
