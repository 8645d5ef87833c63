package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RiskTier;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.VersionFacts;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.YamlWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionDiffTest {
    private static final Evidence OLD = evidence(
            "1.0.0",
            List.of(file("model.onnx", "old", 5), file("gone.txt", "x", 1), file("same.txt", "y", 2)),
            "## Use\n\none two\n\n## Gone\n\none\n\n## Same\n\none\n",
            "[{id: auc, value: 0.75}, {id: same, value: 1}, {id: f1, value: null, status: undefined}]",
            "0.75");
    private static final Evidence NEW = evidence(
            "1.1.0",
            List.of(file("model.onnx", "new", 6), file("same.txt", "y", 2)),
            "## Use\n\none two three\n\n## Same\n\none\n\n## Same\n\none two\n",
            "[{id: auc, value: 0.5}, {id: same, value: 1}, {id: f1, value: 0.5}, {id: new, value: 1, slice: {sex: female}}]",
            "0.5");

    @Test
    void saysWhatDiffersInEveryPart() {
        assertThat(YamlWriter.write(VersionDiff.between(OLD, NEW).toNode())).isEqualTo("""
                before: credit/default-risk@1.0.0
                after: credit/default-risk@1.1.0
                changes:
                  - {part: file, name: gone.txt, before: "1 bytes, %s"}
                  - {part: file, name: model.onnx, before: "5 bytes, %s", after: "6 bytes, %s"}
                  - {part: metric, name: auc on german, before: "0.75", after: "0.5", change: -0.25}
                  - {part: metric, name: f1 on german, before: undefined, after: "0.5"}
                  - {part: metric, name: "new {sex=female} on german", after: "1"}
                  - {part: fairness, name: "disparate_impact_ratio of sex: female / male", before: "0.75", after: "0.5", change: -0.25}
                  - {part: card, name: Gone, before: 1 words}
                  - {part: card, name: Use, before: 2 words, after: 3 words}
                """.formatted(
                        Digest.of("x").abbreviated(),
                        Digest.of("old").abbreviated(),
                        Digest.of("new").abbreviated()));
    }

    @Test
    void saysNothingOfAVersionComparedWithItself() {
        assertThat(VersionDiff.between(OLD, OLD).entries()).isEmpty();
    }

    private static Artifact file(String path, String bytes, long size) {
        return new Artifact(path, Digest.of(bytes), size, Optional.empty());
    }

    private static Evidence evidence(
            String version, List<Artifact> files, String card, String metrics, String disparateImpact) {
        VersionId id = VersionId.parse("credit/default-risk@" + version);
        ModelVersion manifest = ModelVersion.of(id, files, Optional.empty(), VersionFacts.NONE);
        Model model = new Model(
                id.model(),
                "A model.",
                List.of(new UserId("alice")),
                "Tests.",
                RiskTier.HIGH,
                Optional.empty(),
                Map.of());
        String about = """
                apiVersion: modelgate.io/v1
                kind: %s
                id: a
                subject: {model: credit/default-risk, version: %s, digest: "%s"}
                tool: {name: tool, version: "1"}
                dataset: {name: german, role: test, rows: 10}
                task: binary-classification
                """;
        String evaluation =
                about.formatted("Evaluation", version, manifest.rootDigest()) + "metrics: " + metrics + "\n";
        String report =
                about.formatted("FairnessReport", version, manifest.rootDigest()) + """
                favourable: "1"
                attributes:
                  - name: sex
                    groups: [{name: female, n: 4}, {name: male, n: 6}]
                metrics:
                  - {id: disparate_impact_ratio, attribute: sex, left: [female], right: [male], value: %s}
                """.formatted(disparateImpact);
        return new Evidence(
                model,
                manifest,
                manifest.toFile().digest(),
                Optional.of(Card.read(SourceFile.of("card.md", card)).get()),
                new Measurements(
                        List.of(Evaluation.read(SourceFile.of("a.yaml", evaluation))
                                .get()),
                        List.of(FairnessReport.read(SourceFile.of("a.yaml", report))
                                .get())),
                Optional.empty(),
                Optional.empty());
    }
}
