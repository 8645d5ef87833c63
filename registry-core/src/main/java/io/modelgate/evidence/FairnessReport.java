package io.modelgate.evidence;

import io.modelgate.finding.Checked;
import io.modelgate.manifest.Documents;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Kind;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlWriter;
import java.util.List;
import java.util.Optional;

/**
 * What a tool measured about groups of people; never a verdict.
 *
 * @param id name of the report, and of its file
 * @param measurement what was measured, with what, on what
 * @param favourable the label that is good for the person
 * @param weighted whether n and the counts are sums of weights
 * @param attributes the groups
 * @param values the metrics, in the order of the file
 */
public record FairnessReport(
        String id,
        Measurement measurement,
        String favourable,
        boolean weighted,
        List<Attribute> attributes,
        List<FairnessValue> values) {
    public FairnessReport {
        attributes = List.copyOf(attributes);
        values = List.copyOf(values);
    }

    /** Reads and checks a file; where counts are given, every metric is computed again and compared. */
    public static Checked<FairnessReport> read(SourceFile file) {
        return Documents.read(Kind.FAIRNESS_REPORT, file).then(root -> of(root, file.path()));
    }

    /** Reads a file that was checked before it was merged; metrics are computed again here too. */
    public static Checked<FairnessReport> readTrusted(SourceFile file) {
        return Documents.readTrusted(Kind.FAIRNESS_REPORT, file).then(root -> of(root, file.path()));
    }

    /** The report of a mapping without {@code apiVersion} and {@code kind}, as policy tests give it. */
    public static Checked<FairnessReport> of(Node.Mapping root, String path) {
        Fields fields = Fields.of(root);
        String id = fields.text("id");
        Optional<Measurement> measurement = Measurement.of(fields);
        String favourable = fields.text("favourable");
        boolean weighted = fields.bool("weighted", false);
        List<Attribute> attributes = fields.children("attributes").stream()
                .flatMap(each -> Attribute.of(each).stream())
                .toList();
        List<FairnessValue> values = fields.children("metrics").stream()
                .flatMap(each -> FairnessValue.of(each).stream())
                .toList();
        Measurement.checkPath(
                fields,
                path,
                RegistryPath.FairnessFile.class,
                RegistryPath.FairnessFile::id,
                RegistryPath.FairnessFile::version);
        return fields.build(() ->
                        new FairnessReport(id, measurement.orElseThrow(), favourable, weighted, attributes, values))
                .then(report -> Checked.of(report, ReportCheck.of(report)));
    }

    /** The version that was measured. */
    public Subject subject() {
        return measurement.subject();
    }

    /** The attribute of this name. */
    public Optional<Attribute> attribute(String name) {
        return attributes.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** What the report says of a metric. */
    public Optional<FairnessValue> value(FairnessMetric metric, Comparison comparison) {
        return values.stream()
                .filter(each -> each.metric() == metric && each.comparison().equals(comparison))
                .findFirst();
    }

    /** What the report says of a metric for an attribute, for whatever groups. */
    public List<FairnessValue> values(FairnessMetric metric, String attribute) {
        return values.stream()
                .filter(each ->
                        each.metric() == metric && each.comparison().attribute().equals(attribute))
                .toList();
    }

    /** The metric computed from the counts; empty when counts of a group that it needs are unknown. */
    public Optional<MetricValue> compute(FairnessMetric metric, Comparison comparison) {
        return attribute(comparison.attribute())
                .flatMap(attribute -> new People(attribute, weighted).compute(metric, comparison));
    }

    /**
     * The interval computed from the counts; empty when they are unknown or weighted, and for metrics that have none.
     *
     * @param level confidence level such as 0.95
     */
    public Optional<Interval> interval(FairnessMetric metric, Comparison comparison, double level) {
        return attribute(comparison.attribute())
                .flatMap(attribute ->
                        new People(attribute, weighted).interval(metric, comparison, level, IntervalMethod.WILSON));
    }

    /** The fields, as the file has them. */
    public Node.Mapping toNode() {
        MappingBuilder fields = new MappingBuilder().text("id", id);
        measurement.write(fields);
        fields.text("favourable", favourable);
        if (weighted) {
            fields.bool("weighted", true);
        }
        List<Node.Mapping> groups = attributes.stream().map(Attribute::toNode).toList();
        List<Node.Mapping> metrics = values.stream().map(FairnessValue::toNode).toList();
        return fields.put("attributes", MappingBuilder.sequence(groups))
                .put("metrics", MappingBuilder.sequence(metrics))
                .build();
    }

    /** The file in its place in the registry. */
    public SourceFile toFile() {
        String path = new RegistryPath.FairnessFile(subject().version(), id).path();
        return SourceFile.of(path, YamlWriter.write(Kind.FAIRNESS_REPORT, toNode()));
    }
}
