package io.modelgate.deploy;

import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.StagePointer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A KServe InferenceService, {@code serving.kserve.io/v1beta1}. */
record KserveManifest(DeploymentTarget target, StagePointer pointer, ModelVersion manifest) {
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_SERVICE = 50; // KServe appends "-predictor-default"
    private static final String DOMAIN = "modelgate.io/";

    /** What KServe calls the formats that its runtimes serve (kserve.github.io, "Model serving runtimes"). */
    private static final Map<String, String> FORMATS = new TreeMap<>(Map.ofEntries(
            Map.entry("onnx", "onnx"),
            Map.entry("safetensors", "huggingface"),
            Map.entry("pickle", "sklearn"),
            Map.entry("joblib", "sklearn"),
            Map.entry("xgboost-json", "xgboost"),
            Map.entry("xgboost-ubj", "xgboost"),
            Map.entry("lightgbm", "lightgbm"),
            Map.entry("pytorch", "pytorch"),
            Map.entry("torchscript", "pytorch"),
            Map.entry("tensorflow-saved-model", "tensorflow"),
            Map.entry("pmml", "pmml"),
            Map.entry("mlmodel", "mlflow")));

    Node.Mapping render() {
        return new MappingBuilder()
                .text("apiVersion", "serving.kserve.io/v1beta1")
                .text("kind", "InferenceService")
                .put("metadata", metadata())
                .put("spec", new MappingBuilder().put("predictor", predictor()).build())
                .build();
    }

    private Node.Mapping metadata() {
        Map<String, String> labels = new TreeMap<>(Map.of(
                "app.kubernetes.io/managed-by",
                "modelgate",
                DOMAIN + "stage",
                pointer.stage().toString(),
                DOMAIN + "version",
                label(pointer.target().version().toString())));
        Map<String, String> annotations = new TreeMap<>(Map.of(
                DOMAIN + "model", pointer.model().toString(),
                DOMAIN + "version", pointer.target().version().toString(),
                DOMAIN + "manifest", pointer.target().manifest().toString(),
                DOMAIN + "artifacts", pointer.target().artifacts().toString()));
        return new MappingBuilder()
                .text("name", service(pointer.model()))
                .text("namespace", target.setting("namespace"))
                .textMap("labels", labels)
                .textMap("annotations", annotations)
                .build();
    }

    private Node.Mapping predictor() {
        Node.Mapping model = new MappingBuilder()
                .put("modelFormat", new MappingBuilder().text("name", format()).build())
                .text("runtime", target.setting("runtime"))
                .text("protocolVersion", target.setting("protocolVersion"))
                .text("storageUri", target.setting("storageUri").map(uri -> Placeholders.fill(uri, pointer)))
                .build();
        return new MappingBuilder()
                .number("minReplicas", target.setting("minReplicas").map(Long::valueOf))
                .number("maxReplicas", target.setting("maxReplicas").map(Long::valueOf))
                .text("serviceAccountName", target.setting("serviceAccount"))
                .put("model", model)
                .build();
    }

    private String format() {
        Optional<String> said = target.setting("format");
        if (said.isPresent()) {
            return said.get();
        }
        List<String> told = manifest.artifacts().stream()
                .map(Artifact::format)
                .flatMap(Optional::stream)
                .flatMap(format -> Optional.ofNullable(FORMATS.get(format)).stream())
                .distinct()
                .toList();
        if (told.size() != 1) {
            throw new IllegalArgumentException(pointer.version() + " has files of "
                    + (told.isEmpty() ? "no format" : "several formats (" + String.join(", ", told) + ")")
                    + " that KServe serves; say which with settings.format");
        }
        return told.get(0);
    }

    /** The name of the service of a model: a DNS label, the same for all its versions and for no other model. */
    static String service(ModelName model) {
        String plain = model.namespace() + "-" + model.name();
        boolean unique = !model.namespace().contains("-") && Character.isLetter(plain.charAt(0));
        if (unique && plain.length() <= LONGEST_SERVICE) {
            return plain;
        }
        String mark = "-" + Digest.of(model.toString()).hex().substring(0, 8);
        String start = Character.isLetter(plain.charAt(0)) ? plain : "m-" + plain;
        return start.substring(0, Math.min(start.length(), LONGEST_SERVICE - mark.length()))
                        .replaceAll("-+$", "")
                + mark;
    }

    /** A version as a label: at most 63 characters, with a letter or digit at the ends. */
    private static String label(String version) {
        return version.substring(0, Math.min(version.length(), LONGEST_LABEL)).replaceAll("[^A-Za-z0-9]+$", "");
    }
}
