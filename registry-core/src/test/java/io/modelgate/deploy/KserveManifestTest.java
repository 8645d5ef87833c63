package io.modelgate.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionFacts;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.VersionTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is rendered for KServe is what the API server would take: every field known, every type right. */
class KserveManifestTest {
    private static final Path CRD = Path.of("src/test/resources/deploy/inferenceservice-v1beta1.openapi.json");
    private static Schema schema = null;

    /** The API server drops fields that it does not know; here they are errors. */
    @BeforeAll
    static void close() throws IOException {
        JsonNode root = JsonMapper.shared().readTree(Files.readString(CRD));
        ((ObjectNode) root.at("/properties/metadata"))
                .putObject("properties")
                .setAll(Stream.of("name", "namespace", "labels", "annotations")
                        .collect(
                                () -> JsonMapper.shared().createObjectNode(),
                                (node, name) -> node.putObject(name),
                                ObjectNode::setAll));
        closeAll(root);
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(root);
    }

    private static void closeAll(JsonNode node) {
        if (node instanceof ObjectNode object && object.get("properties") instanceof ObjectNode) {
            object.put("additionalProperties", false);
        }
        node.forEach(KserveManifestTest::closeAll);
    }

    @Test
    void isAnInferenceServiceWithEverySetting() {
        String text = render(
                Map.of(
                        "namespace", "scoring",
                        "storageUri", "s3://models/{namespace}/{name}/{version}",
                        "runtime", "triton",
                        "protocolVersion", "v2",
                        "minReplicas", "2",
                        "maxReplicas", "5",
                        "serviceAccount", "scoring"),
                "onnx");
        assertThat(errors(text)).isEmpty();
        assertThat(text)
                .contains("name: credit-default-risk", "namespace: scoring", "minReplicas: 2", "maxReplicas: 5")
                .contains("name: onnx", "storageUri: s3://models/credit/default-risk/1.0.0-rc.1", "runtime: triton")
                .contains("modelgate.io/artifacts: sha256:", "modelgate.io/version: 1.0.0-rc.1");
    }

    @Test
    void isAnInferenceServiceWithTheFewestSettings() {
        String text = render(Map.of("namespace", "scoring", "storageUri", "pvc://models"), "xgboost-ubj");
        assertThat(errors(text)).isEmpty();
        assertThat(text).contains("name: xgboost").doesNotContain("minReplicas", "runtime", "serviceAccountName");
    }

    /** The schema is closed: what nobody knows would be seen. */
    @Test
    void isCheckedForFieldsThatNobodyKnows() {
        String text = render(Map.of("namespace", "scoring", "storageUri", "pvc://models"), "onnx");
        assertThat(errors(text.replace("storageUri:", "storageURI:"))).isNotEmpty();
        assertThat(errors(text.replace("predictor:", "predictor:\n    minReplicas: many")))
                .isNotEmpty();
    }

    @Test
    void needsAFormatThatKserveServes() {
        Map<String, String> settings = Map.of("namespace", "scoring", "storageUri", "pvc://models");
        assertThatThrownBy(() -> render(settings, "gguf")).hasMessageContaining("files of no format");
        assertThatThrownBy(() -> render(settings, "onnx", "pickle"))
                .hasMessageContaining("several formats (onnx, sklearn)");
        Map<String, String> said = new TreeMap<>(settings);
        said.put("format", "huggingface");
        assertThat(render(said, "gguf")).contains("name: huggingface");
    }

    @ParameterizedTest
    @CsvSource({
        "credit/default-risk, credit-default-risk",
        "a/b-c, a-b-c",
        "a-b/c, a-b-c-",
        "1st/model, m-1st-model-",
        "abcdefghijklmnopqrstuvwxyz/abcdefghijklmnopqrstuvwxyz0123456789, abcdefghijklmnopqrstuvwxyz-abcdefghijklmn-"
    })
    void namesServicesAsDnsLabelsThatNoOtherModelHas(String model, String start) {
        String service = KserveManifest.service(ModelName.parse(model));
        assertThat(service).startsWith(start).matches("[a-z]([a-z0-9-]{0,48}[a-z0-9])?");
    }

    private static List<String> errors(String yaml) {
        return schema.validate(yaml, InputFormat.YAML).stream()
                .map(Error::getMessage)
                .toList();
    }

    private static String render(Map<String, String> settings, String... formats) {
        Stage stage = new Stage("prod");
        VersionId id = VersionId.parse("credit/default-risk@1.0.0-rc.1");
        List<Artifact> artifacts = new ArrayList<>();
        IntStream.range(0, formats.length)
                .forEach(i -> artifacts.add(new Artifact("file" + i, Digest.of("" + i), 1, Optional.of(formats[i]))));
        ModelVersion manifest = ModelVersion.of(id, artifacts, Optional.empty(), VersionFacts.NONE);
        StagePointer pointer = new StagePointer(
                id.model(),
                stage,
                new VersionTarget(Version.parse("1.0.0-rc.1"), Digest.of("manifest"), manifest.rootDigest()),
                StagePointer.Reason.PROMOTE,
                Optional.empty(),
                Optional.empty());
        DeploymentTarget target = new DeploymentTarget(
                "cluster", stage, DeploymentTarget.Type.KSERVE, List.of("*/*"), Optional.empty(), settings);
        return Rendering.of(target, pointer, manifest).text();
    }
}
