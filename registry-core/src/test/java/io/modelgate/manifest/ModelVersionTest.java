package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest pins the bytes of a version. */
class ModelVersionTest {
    private static final VersionId ID = VersionId.parse("credit/default-risk@1.0.0");
    private static final Digest DIGEST = Digest.of("x");

    @Test
    void computesTheRootDigestInCodePointOrder() {
        // U+FF5E comes before U+1F600 as a code point, after it as a UTF-16 unit
        Artifact low = artifact("\uff5e", "1");
        Artifact high = artifact("\ud83d\ude00", "2");
        ModelVersion version = ModelVersion.of(ID, List.of(high, low), Optional.empty(), VersionFacts.NONE);
        assertThat(version.artifacts()).containsExactly(low, high);
        byte[] both = new byte[64];
        System.arraycopy(Digest.of("1").raw(), 0, both, 0, 32);
        System.arraycopy(Digest.of("2").raw(), 0, both, 32, 32);
        assertThat(version.rootDigest()).isEqualTo(Digest.of(both));
    }

    @Test
    void refusesARootDigestOfSomethingElse() {
        assertThatThrownBy(() ->
                        new ModelVersion(ID, DIGEST, List.of(artifact("a", "1")), Optional.empty(), VersionFacts.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but the artifacts give");
    }

    @Test
    void readsThirtyThousandArtifacts() {
        List<Artifact> artifacts = IntStream.range(0, 30_000)
                .mapToObj(i -> artifact("shards/part-%05d.safetensors".formatted(i), "x" + i))
                .toList();
        ModelVersion version = ModelVersion.of(ID, artifacts, Optional.empty(), VersionFacts.NONE);
        assertThat(ModelVersion.read(version.toFile()).get()).isEqualTo(version);
    }

    @Test
    void saysWhenThePathNamesAnotherVersion() {
        ModelVersion version = ModelVersion.of(ID, List.of(artifact("a", "1")), Optional.empty(), VersionFacts.NONE);
        SourceFile elsewhere = new SourceFile(
                "models/credit/other/versions/1.0.1/version.yaml",
                version.toFile().bytes());
        assertThat(ModelVersion.read(elsewhere).findings())
                .extracting(Finding::toString)
                .containsExactly(
                        elsewhere.path()
                                + ":4:8: model is credit/default-risk, but the path says credit/other."
                                + " Write 'model: credit/other', or move the file.",
                        elsewhere.path()
                                + ":5:10: version is 1.0.0, but the path says 1.0.1. Write 'version: 1.0.1', or move the file.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/..",
                "../a",
                "a/./b",
                "a\\b",
                "a\nb",
                "a\u0000",
                "a\u202eb",
                "a\u200b",
                "a\ud800"
            })
    void refusesAPathThatCouldLeadElsewhere(String path) {
        assertThatThrownBy(() -> Artifact.requirePath(path)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "...", ".hidden", "a..b", "ä/日本.onnx", "it's \"x\"", "a:b", "-x", "a\u00a0b"})
    void takesAnyOtherPath(String path) {
        ModelVersion version = ModelVersion.of(ID, List.of(artifact(path, "1")), Optional.empty(), VersionFacts.NONE);
        assertThat(ModelVersion.read(version.toFile()).get()).isEqualTo(version);
    }

    private static Artifact artifact(String path, String content) {
        return new Artifact(path, Digest.of(content), 1, Optional.empty());
    }
}
