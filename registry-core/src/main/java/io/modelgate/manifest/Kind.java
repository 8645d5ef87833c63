package io.modelgate.manifest;

/** What a document is: its {@code kind} and its JSON Schema. */
public enum Kind {
    REGISTRY("Registry", "registry"),
    MODEL("Model", "model"),
    LIFECYCLE("Lifecycle", "lifecycle"),
    MODEL_VERSION("ModelVersion", "model-version"),
    EVALUATION("Evaluation", "evaluation"),
    FAIRNESS_REPORT("FairnessReport", "fairness-report"),
    STAGE_POINTER("StagePointer", "stage-pointer"),
    POLICY("Policy", "policy"),
    POLICY_TEST("PolicyTest", "policy-test"),
    WAIVER("Waiver", "waiver"),
    DEPLOYMENT_TARGET("DeploymentTarget", "deployment-target"),
    DEPLOYMENT("Deployment", "deployment");

    /** The {@code apiVersion} of every document. */
    public static final String API_VERSION = "modelgate.io/v1";

    private final String word;
    private final String schema;

    Kind(String word, String schema) {
        this.word = word;
        this.schema = schema;
    }

    /** The value of the field {@code kind}. */
    public String word() {
        return word;
    }

    /** The name of its schema file without {@code .schema.json}. */
    public String schema() {
        return schema;
    }

    /** The largest file of this kind, in bytes. A manifest lists every file of a version, and some have tens of thousands. */
    public int maxBytes() {
        return this == MODEL_VERSION ? 4 * YamlReader.MAX_BYTES : YamlReader.MAX_BYTES;
    }

    /** The address of its JSON Schema. */
    public String schemaUrl() {
        return "https://modelgate.io/schemas/v1/" + schema + ".schema.json";
    }
}
