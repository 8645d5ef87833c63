package io.modelgate.evidence;

import io.modelgate.finding.Checked;
import io.modelgate.manifest.DatasetRole;
import io.modelgate.manifest.Documents;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Kind;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well a version did on one dataset.
 *
 * @param id name of the evaluation, and of its file
 * @param measurement what was measured, with what, on what
 * @param metrics the metrics, in the order of the file
 * @param confusion how often each class was predicted for each class, where known
 */
public record Evaluation(
        String id, Measurement measurement, List<Metric> metrics, Optional<ConfusionMatrix> confusion) {
    public Evaluation {
        metrics = List.copyOf(metrics);
    }

    /** Reads and checks a file. */
    public static Checked<Evaluation> read(SourceFile file) {
        return Documents.read(Kind.EVALUATION, file).then(root -> of(root, file.path()));
    }

    /** Reads a file that was checked before it was merged. */
    public static Checked<Evaluation> readTrusted(SourceFile file) {
        return Documents.readTrusted(Kind.EVALUATION, file).then(root -> of(root, file.path()));
    }

    /** The evaluation of a mapping without {@code apiVersion} and {@code kind}, as policy tests give it. */
    public static Checked<Evaluation> of(Node.Mapping root, String path) {
        Fields fields = Fields.of(root);
        String id = fields.text("id");
        Optional<Measurement> measurement = Measurement.of(fields);
        List<Metric> metrics = fields.children("metrics").stream()
                .flatMap(each -> Metric.of(each).stream())
                .toList();
        Optional<ConfusionMatrix> confusion = fields.optionalChild("confusion").flatMap(ConfusionMatrix::of);
        Measurement.checkPath(
                fields,
                path,
                RegistryPath.EvaluationFile.class,
                RegistryPath.EvaluationFile::id,
                RegistryPath.EvaluationFile::version);
        return fields.build(() -> new Evaluation(id, measurement.orElseThrow(), metrics, confusion))
                .then(evaluation -> Checked.of(evaluation, EvaluationCheck.of(evaluation)));
    }

    /** The version that was measured. */
    public Subject subject() {
        return measurement.subject();
    }

    /** What the data was used for. */
    public DatasetRole role() {
        return measurement.dataset().role();
    }

    /** The metric of exactly this slice. */
    public Optional<Metric> metric(String metric, Map<String, String> slice) {
        return metrics.stream()
                .filter(each -> each.id().equals(metric) && each.slice().equals(slice))
                .findFirst();
    }

    /**
     * The interval of a metric: Wilson's from the confusion matrix, for a metric that is a share; otherwise what the report says,
     * if its level is high enough and it contains the value. What can be computed is never believed.
     *
     * @param level confidence level such as 0.95
     */
    public Optional<Interval> interval(Metric metric, double level) {
        Optional<Interval> computed = confusion
                .flatMap(matrix -> matrix.share(metric.id(), metric.slice()))
                .filter(Proportion::isDefined)
                .map(share -> Intervals.wilson(share, level));
        return computed.or(() -> metric.interval()
                .filter(each -> each.level() >= level
                        && metric.value().number().stream().allMatch(each::contains)));
    }

    /** The fields, as the file has them. */
    public Node.Mapping toNode() {
        MappingBuilder fields = new MappingBuilder().text("id", id);
        measurement.write(fields);
        List<Node.Mapping> values = metrics.stream().map(Metric::toNode).toList();
        return fields.put("metrics", MappingBuilder.sequence(values))
                .put("confusion", confusion.map(ConfusionMatrix::toNode))
                .build();
    }

    /** The file in its place in the registry. */
    public SourceFile toFile() {
        String path = new RegistryPath.EvaluationFile(subject().version(), id).path();
        return SourceFile.of(path, YamlWriter.write(Kind.EVALUATION, toNode()));
    }
}
