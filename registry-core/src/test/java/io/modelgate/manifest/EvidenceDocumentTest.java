package io.modelgate.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.FairnessMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas describe what the evidence package reads and writes. */
class EvidenceDocumentTest {
    @Test
    void describesTheDocumentThatPoliciesSee() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/evidence/document.yaml"))
                .replace("DIGEST", Digest.of("x").toString());
        Node document = YamlReader.read(SourceFile.of("document.yaml", text)).get();
        assertThat(SchemaLibrary.check("evidence-document", document)).isEmpty();
    }

    @Test
    void describesTheReportThatProgramsRead() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/report/verdict.yaml"));
        Node report = YamlReader.read(SourceFile.of("verdict.yaml", text)).get();
        assertThat(SchemaLibrary.check("report", report)).isEmpty();
    }

    @Test
    void describesWhatDoctorWrites() throws IOException {
        String text = Files.readString(Path.of("../registry-cli/src/test/resources/doctor/checks.json"));
        Node document = YamlReader.read(SourceFile.of("checks.json", text)).get();
        assertThat(SchemaLibrary.check("doctor", document)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "refused", "by-policy"})
    void describesWhatVerifyingASignatureWrites(String name) throws IOException {
        String text = Files.readString(Path.of("../registry-cli/src/test/resources/signature", name + ".json"));
        Node document = YamlReader.read(SourceFile.of("answer.json", text)).get();
        assertThat(SchemaLibrary.check("signature-verification", document)).isEmpty();
    }

    @Test
    void namesEveryFairnessMetric() {
        Node.Mapping common = (Node.Mapping) SchemaLibrary.text(SchemaLibrary.address("common"));
        Node.Mapping definitions = (Node.Mapping) common.get("$defs").orElseThrow();
        Node.Mapping ids = (Node.Mapping) definitions.get("fairnessMetricId").orElseThrow();
        List<String> words = ((Node.Sequence) ids.get("enum").orElseThrow())
                .items().stream().map(each -> ((Node.Text) each).value()).toList();
        assertThat(words)
                .containsExactlyElementsOf(Arrays.stream(FairnessMetric.values())
                        .map(FairnessMetric::id)
                        .toList());
    }
}
