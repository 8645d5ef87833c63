package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents are checked against the schema of their kind. */
class DocumentsTest {
    private static final String MODEL = """
            apiVersion: modelgate.io/v1
            kind: Model
            name: credit/x
            """;

    @Test
    void checksTrustedDocumentsForTheirKindAlone() {
        SourceFile file = SourceFile.of("model.yaml", MODEL + "unknown: 1\n");
        assertThat(Documents.readTrusted(Kind.MODEL, file).ok()).isTrue();
        assertThat(Documents.read(Kind.MODEL, file).ok()).isFalse();
        assertThat(Documents.readTrusted(Kind.POLICY, file).ok()).isFalse();
    }

    @Test
    void canBeUsedByManyAtOnce() throws Exception {
        List<String> expected = messages(Kind.WAIVER, MODEL);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<String>>> results = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Kind kind = List.of(Kind.MODEL, Kind.WAIVER, Kind.REGISTRY, Kind.DEPLOYMENT_TARGET)
                        .get(i % 4);
                results.add(pool.submit(() -> messages(kind, MODEL.replace("Model", kind.word()))));
            }
            for (Future<List<String>> result : results) {
                assertThat(result.get()).isNotEmpty();
            }
            assertThat(messages(Kind.WAIVER, MODEL)).isEqualTo(expected);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void saysTheSameEveryTime() {
        assertThat(messages(Kind.MODEL, MODEL))
                .isEqualTo(messages(Kind.MODEL, MODEL))
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            models/credit/y/model.yaml                       | name is credit/x, but the path says credit/y
            models/credit/y/lifecycle.yaml                   | model is credit/x, but the path says credit/y
            stages/prod/credit/y.yaml                        | model is credit/x, but the path says credit/y
            stages/uat/credit/x.yaml                         | stage is prod, but the path says uat
            targets/uat/cluster.yaml                         | stage is prod, but the path says uat
            targets/prod/other.yaml                          | name is cluster, but the path says other
            """)
    void saysWhenThePathNamesSomethingElse(String path, String message) {
        ModelName model = ModelName.parse("credit/x");
        Stage prod = new Stage("prod");
        Digest digest = Digest.of("x");
        SourceFile file;
        if (path.endsWith("model.yaml")) {
            file = new Model(model, "x", List.of(new UserId("a")), "y", RiskTier.HIGH, Optional.empty(), Map.of())
                    .toFile();
        } else if (path.endsWith("lifecycle.yaml")) {
            file = new Lifecycle(model, List.of()).toFile();
        } else if (path.startsWith("stages/")) {
            VersionTarget target = new VersionTarget(Version.parse("1.0.0"), digest, digest);
            file = new StagePointer(
                            model, prod, target, StagePointer.Reason.PROMOTE, Optional.empty(), Optional.empty())
                    .toFile();
        } else {
            file = new DeploymentTarget(
                            "cluster",
                            prod,
                            DeploymentTarget.Type.FILE,
                            List.of("credit/*"),
                            Optional.empty(),
                            Map.of("folder", "/srv/scoring"))
                    .toFile();
        }
        SourceFile moved = new SourceFile(path, file.bytes());
        List<Finding> findings = path.endsWith("model.yaml")
                ? Model.read(moved).findings()
                : path.endsWith("lifecycle.yaml")
                        ? Lifecycle.read(moved).findings()
                        : path.startsWith("stages/")
                                ? StagePointer.read(moved).findings()
                                : DeploymentTarget.read(moved).findings();
        assertThat(findings).extracting(Finding::message).containsExactly(message);
    }

    @Test
    void stopsListingWhatIsWrongAThousandTimes() {
        StringBuilder text = new StringBuilder(MODEL);
        for (int i = 0; i < 1000; i++) {
            text.append("k").append(i).append(": 1\n");
        }
        assertThat(messages(Kind.MODEL, text.toString())).hasSizeLessThan(40);
    }

    private static List<String> messages(Kind kind, String text) {
        return Documents.read(kind, SourceFile.of("f.yaml", text)).findings().stream()
                .map(Finding::message)
                .toList();
    }
}
