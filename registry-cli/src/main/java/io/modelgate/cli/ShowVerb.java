package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.ModelSummary;
import io.modelgate.evidence.Evidence;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.Version;
import io.modelgate.report.Table;
import io.modelgate.signature.SignatureBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a model with its versions and stages, or everything that is known about a version. */
@Command(
        name = "show",
        description = "Show a model with its versions and stages, or everything known about one version.")
final class ShowVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<reference>", description = "ns/name, or ns/name@prod, ns/name@1.4.0.")
    private String reference = "";

    @Override
    public ExitCode run(Terminal terminal) {
        try (Registry registry = common.read(terminal)) {
            if (reference.indexOf('@') < 0) {
                ModelSummary model = registry.catalog().model(Arguments.parse(reference, ModelName::parse));
                Output.print(
                        terminal,
                        common.output(),
                        document(model),
                        () -> text(model, registry.catalog().stages()));
            } else {
                ModelReference named = Arguments.parse(reference, ModelReference::parse);
                Evidence evidence = registry.catalog()
                        .evidence(registry.catalog().resolve(named).version());
                ModelSummary model = registry.catalog().model(evidence.id().model());
                List<Stage> order = registry.catalog().stages();
                Output.print(terminal, common.output(), evidence.document(), () -> text(evidence, model, order));
            }
            return ExitCode.OK;
        }
    }

    static Node.Mapping document(ModelSummary model) {
        MappingBuilder stages = new MappingBuilder();
        model.stages().forEach((stage, version) -> stages.text(stage.name(), version));
        return new MappingBuilder()
                .put("model", model.model().toNode())
                .texts("versions", model.versions())
                .put("stages", stages.build())
                .build();
    }

    private static List<String> text(ModelSummary model, List<Stage> order) {
        Table facts = new Table();
        facts.row("model", model.model().name());
        facts.row("what", model.model().description());
        facts.row("purpose", model.model().purpose());
        facts.row("owners", join(model.model().owners()));
        facts.row("risk tier", model.model().riskTier().word());
        List<String> lines = new ArrayList<>(facts.lines(0));
        Table versions = new Table("VERSION", "STAGES");
        model.versions().forEach(version -> versions.row(version, stagesOf(version, model.stages(), order)));
        lines.add("");
        lines.addAll(versions.lines(0));
        return lines;
    }

    private static String stagesOf(Version version, Map<Stage, Version> stages, List<Stage> order) {
        return order.stream()
                .filter(stage -> Optional.ofNullable(stages.get(stage))
                        .filter(version::equals)
                        .isPresent())
                .map(Stage::name)
                .collect(Collectors.joining(", "));
    }

    private static List<String> text(Evidence evidence, ModelSummary model, List<Stage> order) {
        Table facts = new Table();
        facts.row("version", evidence.id());
        String stages = stagesOf(evidence.id().version(), model.stages(), order);
        facts.row("stages", stages.isEmpty() ? "none" : stages);
        facts.row("owners", join(model.model().owners()));
        evidence.version().facts().description().ifPresent(what -> facts.row("what", what));
        evidence.version().facts().createdAt().ifPresent(when -> facts.row("created", when));
        facts.row("artifacts", evidence.version().rootDigest());
        facts.row("manifest", evidence.manifestDigest());
        evidence.card()
                .ifPresent(card -> facts.row(
                        "card", card.sections().size() + " sections, " + card.words() + " words: " + card.place()));
        evidence.signature().ifPresent(signature -> facts.row("signature", signature(signature)));
        List<String> lines = new ArrayList<>(facts.lines(0));
        Table files = new Table("FILE", "BYTES", "DIGEST");
        for (Artifact artifact : evidence.version().artifacts()) {
            files.row(artifact.path(), artifact.size(), artifact.digest());
        }
        addTable(lines, files);
        Table metrics = new Table("METRIC", "VALUE", "EVALUATION");
        evidence.evaluations()
                .forEach(evaluation -> evaluation
                        .metrics()
                        .forEach(metric -> metrics.row(
                                metric.label(),
                                metric.value(),
                                evaluation.id() + " on "
                                        + evaluation.measurement().dataset().name())));
        addTable(lines, metrics);
        Table fairness = new Table("FAIRNESS", "VALUE", "REPORT");
        evidence.fairness()
                .forEach(report ->
                        report.values().forEach(value -> fairness.row(value.label(), value.value(), report.id())));
        addTable(lines, fairness);
        return lines;
    }

    /** What it says of itself: who really made it depends on whom one trusts. */
    private static String signature(Checked<SignatureBundle> signature) {
        return signature
                .value()
                .map(bundle -> "says that it is by " + bundle.credential().claim()
                        + "; 'modelgate signature verify' tells whether that is so")
                .orElseGet(() -> signature.findings().get(0).message());
    }

    private static void addTable(List<String> lines, Table table) {
        List<String> rows = table.lines(0);
        if (rows.size() > 1) {
            lines.add("");
            lines.addAll(rows);
        }
    }

    private static String join(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
