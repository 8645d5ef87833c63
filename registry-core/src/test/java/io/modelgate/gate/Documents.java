package io.modelgate.gate;

import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.RiskTier;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.VersionFacts;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.VersionTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that the tests of the gate put into registries. */
final class Documents {
    static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev, uat, prod]
            stores: [{name: main, url: "file:artifacts"}]
            people:
              - {id: alice, emails: [alice@acme.example]}
              - {id: bob, emails: [bob@acme.example]}
              - {id: nightly, bot: true}
            roles:
              model-risk: [alice, bob, carol, nightly]
              platform: [dora]
            approvals:
              policy: {count: 1, role: model-risk}
              configuration: {count: 1, role: platform}
            """;

    /** Two people of model-risk release to prod what is good enough. */
    static final String RELEASE = """
            apiVersion: modelgate.io/v1
            kind: Policy
            name: release
            appliesTo: {stages: [prod]}
            rules:
              - {id: auc, rationale: Worse than the scorecard., waivable: true, metric: {metric: roc_auc, dataset: test, atLeast: 0.7}}
              - {id: eyes, rationale: Nobody decides alone., approvals: {count: 1, role: model-risk}}
            """;

    static final String CARD = """
            ---
            license: mit
            ---
            # A model

            ## Intended use

            Support for people who decide about loans.
            """;

    private Documents() {}

    static VersionId id(String version) {
        return VersionId.parse("credit/default-risk@" + version);
    }

    static SourceFile registry(String text) {
        return SourceFile.of("registry.yaml", text);
    }

    static SourceFile policy(String text) {
        String name = text.lines()
                .filter(line -> line.startsWith("name: "))
                .findFirst()
                .orElseThrow()
                .substring("name: ".length());
        return SourceFile.of("policies/" + name + ".yaml", text);
    }

    static SourceFile waiver(String id, String expires) {
        return SourceFile.of("waivers/" + id + ".yaml", """
                apiVersion: modelgate.io/v1
                kind: Waiver
                id: %s
                policy: release
                rule: auc
                model: credit/default-risk
                stage: prod
                expires: %s
                reason: A larger sample is being collected.
                approvedBy: [bob]
                """.formatted(id, expires));
    }

    static SourceFile model(VersionId id) {
        return model(id, RiskTier.HIGH);
    }

    static SourceFile model(VersionId id, RiskTier tier) {
        return new Model(
                        id.model(),
                        "Probability that an applicant repays.",
                        List.of(new UserId("alice")),
                        "Support for credit officers.",
                        tier,
                        Optional.empty(),
                        Map.of())
                .toFile();
    }

    /** The bytes of the only artifact of a version. */
    static byte[] bytes(VersionId id) {
        return ("bytes of " + id).getBytes(StandardCharsets.UTF_8);
    }

    static ModelVersion version(VersionId id) {
        return version(id, Optional.empty());
    }

    static ModelVersion version(VersionId id, Optional<String> store) {
        Artifact artifact = new Artifact("model.onnx", Digest.of(bytes(id)), bytes(id).length, Optional.empty());
        return ModelVersion.of(id, List.of(artifact), store, VersionFacts.NONE);
    }

    static SourceFile card(VersionId id) {
        return SourceFile.of(new RegistryPath.CardFile(id).path(), CARD);
    }

    static SourceFile evaluation(VersionId id, String name, double auc) {
        return SourceFile.of(new RegistryPath.EvaluationFile(id, name).path(), """
                apiVersion: modelgate.io/v1
                kind: Evaluation
                id: %s
                subject: {model: %s, version: "%s", digest: "%s"}
                tool: {name: scikit-learn, version: 1.9.1}
                dataset: {name: german-credit-test, role: test, rows: 400}
                task: binary-classification
                metrics:
                  - {id: roc_auc, value: %s, n: 400}
                """.formatted(
                        name, id.model(), id.version(), version(id).rootDigest(), auc));
    }

    static SourceFile fairness(VersionId id, String name, int tpOfWomen) {
        return SourceFile.of(new RegistryPath.FairnessFile(id, name).path(), """
                apiVersion: modelgate.io/v1
                kind: FairnessReport
                id: %s
                subject: {model: %s, version: "%s", digest: "%s"}
                tool: {name: fairlearn, version: 0.15.0}
                dataset: {name: german-credit-test, role: test, rows: 400}
                task: binary-classification
                favourable: "1"
                attributes:
                  - name: sex
                    reference: male
                    groups:
                      - {name: female, n: 125, tp: %d, fp: 21, tn: 22, fn: %d}
                      - {name: male, n: 275, tp: 168, fp: 47, tn: 30, fn: 30}
                metrics: []
                """.formatted(
                        name, id.model(), id.version(), version(id).rootDigest(), tpOfWomen, 82 - tpOfWomen));
    }

    /** All files of a version that an honest registration has. */
    static List<SourceFile> files(VersionId id) {
        return List.of(version(id).toFile(), card(id), evaluation(id, "test", 0.75), fairness(id, "test", 74));
    }

    static StagePointer pointer(VersionId id, String stage, Reason reason, Optional<VersionId> previous) {
        return new StagePointer(
                id.model(),
                new Stage(stage),
                new VersionTarget(id.version(), manifest(id), version(id).rootDigest()),
                reason,
                Optional.empty(),
                previous.map(old -> new StagePointer.Previous(old.version(), manifest(old))));
    }

    static Digest manifest(VersionId id) {
        return version(id).toFile().digest();
    }

    static SourceFile lifecycle(String... entries) {
        return SourceFile.of("models/credit/default-risk/lifecycle.yaml", """
                apiVersion: modelgate.io/v1
                kind: Lifecycle
                model: credit/default-risk
                entries:
                """ + String.join("", entries));
    }

    static String entry(String version, String action) {
        return "  - {version: " + version + ", action: " + action + ", date: 2026-11-23, reason: It is wrong.}\n";
    }
}
