package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a record writes, it reads back. */
class RoundTripTest {
    private static final ModelName MODEL = ModelName.parse("credit/default-risk");
    private static final Digest DIGEST = Digest.of("manifest");

    @Test
    void readsTheModelItWrote() {
        Model model = new Model(
                MODEL,
                "Probability that an applicant: repays # really",
                List.of(new UserId("alice")),
                "Support.\n\nSecond paragraph.\n",
                RiskTier.HIGH,
                Optional.of("CC-BY-4.0"),
                Map.of("domain", "credit", "answer", "no"));
        assertThat(Model.read(model.toFile()).get()).isEqualTo(model);
    }

    @Test
    void readsTheVersionItWrote() {
        VersionFacts facts = new VersionFacts(
                Optional.of("Logistic regression."),
                Optional.of(Instant.parse("2026-11-23T10:00:00Z")),
                Optional.of(new Tool("scikit-learn", "1.10")),
                Optional.of(new ModelSignature(
                        List.of(new ModelSignature.Tensor("x", "float32", List.of(-1L, 17L))),
                        List.of(new ModelSignature.Tensor("y", "float32", List.of())))),
                Optional.of(new Lineage(
                        Optional.of(new Lineage.Code("https://git.example/credit", "1".repeat(40))),
                        List.of(new Dataset("german", DatasetRole.TRAIN, Optional.of(DIGEST), Optional.of(600L))),
                        Optional.of(VersionId.parse("credit/default-risk@1.0.0")),
                        Optional.of(new Lineage.Run("mlflow", "0123", Optional.empty())))),
                List.of(new Explainability(
                        Explainability.Scope.GLOBAL,
                        "shap",
                        new Explainability.About(Optional.of(DIGEST), Optional.of("german"), Optional.of(400L)),
                        Optional.of("shap global.json"),
                        Optional.of("see the file"),
                        new Explainability.Values(
                                Optional.of("log-odds"),
                                List.of(new Explainability.Feature("age", new java.math.BigDecimal("0.25")))),
                        Optional.empty())));
        ModelVersion version = ModelVersion.of(
                VersionId.parse("credit/default-risk@1.1.0"),
                List.of(
                        new Artifact("shap global.json", DIGEST, 12, Optional.empty()),
                        new Artifact("model.onnx", Digest.of("onnx"), 3976, Optional.of("onnx"))),
                Optional.empty(),
                facts);
        assertThat(ModelVersion.read(version.toFile()).get()).isEqualTo(version);
    }

    @Test
    void readsTheLifecycleItWrote() {
        LifecycleEntry entry = new LifecycleEntry(
                Version.parse("1.0.0"),
                LifecycleAction.YANK,
                LocalDate.parse("2026-11-23"),
                "leaks",
                Optional.of(new UserId("alice")),
                Optional.of(Version.parse("1.1.0")));
        Lifecycle lifecycle = new Lifecycle(MODEL, List.of()).with(entry);
        assertThat(Lifecycle.read(lifecycle.toFile()).get()).isEqualTo(lifecycle);
        assertThat(lifecycle.isYanked(Version.parse("1.0.0"))).isTrue();
    }

    @Test
    void readsTheStagePointerItWrote() {
        StagePointer pointer = new StagePointer(
                MODEL,
                new Stage("prod"),
                new VersionTarget(Version.parse("1.0.0"), DIGEST, Digest.of("root")),
                StagePointer.Reason.ROLLBACK,
                Optional.of("it's back"),
                Optional.of(new StagePointer.Previous(Version.parse("1.1.0"), DIGEST)));
        assertThat(StagePointer.read(pointer.toFile()).get()).isEqualTo(pointer);
    }

    @Test
    void readsTheTargetItWrote() {
        DeploymentTarget target = new DeploymentTarget(
                "eu-cluster",
                new Stage("prod"),
                DeploymentTarget.Type.KSERVE,
                List.of("credit/*"),
                Optional.empty(),
                Map.of("namespace", "0777", "minReplicas", "3", "storageUri", "s3://models/{name}"));
        assertThat(DeploymentTarget.read(target.toFile()).get()).isEqualTo(target);
    }

    @Test
    void readsTheRegistryItWrote() {
        UserId alice = new UserId("alice");
        RegistryConfig config = new RegistryConfig(
                "acme-models",
                Optional.empty(),
                List.of(new Stage("dev"), new Stage("prod")),
                "main",
                HostConfig.LOCAL,
                List.of(new StoreConfig("main", "file:artifacts")),
                new Governance(
                        List.of(
                                new Person(
                                        alice,
                                        Optional.of("Alice Ahn"),
                                        List.of("alice@acme.example"),
                                        false,
                                        Optional.of(42L)),
                                new Person(new UserId("nightly"), Optional.empty(), List.of(), true, Optional.empty())),
                        Map.of("model-risk", List.of(alice)),
                        Map.of("model-risk", List.of(new Team("acme/model-risk"))),
                        Map.of("policy", new ApprovalNeed(2, Optional.of("model-risk")))));
        assertThat(RegistryConfig.read(config.toFile()).get()).isEqualTo(config);
        assertThat(config.isBot(new UserId("nightly"))).isTrue();
        assertThat(config.personByEmail("Alice@ACME.example")).contains(alice);
        assertThat(config.approvalFor("configuration").count()).isEqualTo(1);
        assertThat(config.next(new Stage("dev"))).contains(new Stage("prod"));
    }
}
