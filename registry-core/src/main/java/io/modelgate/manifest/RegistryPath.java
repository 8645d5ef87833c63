package io.modelgate.manifest;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a path of the registry repository is for. The layout of the registry is written here and nowhere else: {@link #of}
 * reads a path, {@link #path} gives it back.
 */
public sealed interface RegistryPath {
    /** The slash-separated path from the root of the registry. */
    String path();

    /** The largest file that may be there, in bytes. */
    default int maxBytes() {
        return YamlReader.MAX_BYTES;
    }

    /** {@code registry.yaml}. */
    record RegistryFile() implements RegistryPath {
        @Override
        public String path() {
            return "registry.yaml";
        }
    }

    /** {@code models/<ns>/<name>/model.yaml}. */
    record ModelFile(ModelName model) implements RegistryPath {
        @Override
        public String path() {
            return directory(model) + "/model.yaml";
        }
    }

    /** {@code models/<ns>/<name>/lifecycle.yaml}. */
    record LifecycleFile(ModelName model) implements RegistryPath {
        @Override
        public String path() {
            return directory(model) + "/lifecycle.yaml";
        }
    }

    /** {@code …/versions/<version>/version.yaml}. */
    record ManifestFile(VersionId version) implements RegistryPath {
        @Override
        public String path() {
            return directory(version) + "/version.yaml";
        }

        @Override
        public int maxBytes() {
            return Kind.MODEL_VERSION.maxBytes();
        }
    }

    /** {@code …/versions/<version>/card.md}. */
    record CardFile(VersionId version) implements RegistryPath {
        @Override
        public String path() {
            return directory(version) + "/card.md";
        }
    }

    /** {@code …/versions/<version>/evaluations/<id>.yaml}. */
    record EvaluationFile(VersionId version, String id) implements RegistryPath {
        public EvaluationFile {
            Names.require("evaluation", id);
        }

        @Override
        public String path() {
            return directory(version) + "/evaluations/" + id + ".yaml";
        }
    }

    /** {@code …/versions/<version>/fairness/<id>.yaml}. */
    record FairnessFile(VersionId version, String id) implements RegistryPath {
        public FairnessFile {
            Names.require("fairness report", id);
        }

        @Override
        public String path() {
            return directory(version) + "/fairness/" + id + ".yaml";
        }
    }

    /** {@code …/versions/<version>/model.sig}. */
    record SignatureFile(VersionId version) implements RegistryPath {
        /**
         * A signature names the files of the manifest, in JSON in base64: the reference tool's takes up to four times their bytes
         * there (names escaped, lines indented). So whatever manifest there may be can be signed.
         */
        public static final int MAX_BYTES = 4 * Kind.MODEL_VERSION.maxBytes();

        @Override
        public String path() {
            return directory(version) + "/model.sig";
        }

        @Override
        public int maxBytes() {
            return MAX_BYTES;
        }
    }

    /** {@code stages/<stage>/<ns>/<name>.yaml}. */
    record PointerFile(Stage stage, ModelName model) implements RegistryPath {
        @Override
        public String path() {
            return "stages/" + stage + "/" + model + ".yaml";
        }
    }

    /** {@code policies/<name>.yaml}. */
    record PolicyFile(String name) implements RegistryPath {
        public PolicyFile {
            Names.require("policy", name);
        }

        @Override
        public String path() {
            return "policies/" + name + ".yaml";
        }
    }

    /** {@code policies/tests/<name>.yaml}. */
    record PolicyTestFile(String name) implements RegistryPath {
        public PolicyTestFile {
            Names.require("policy test", name);
        }

        @Override
        public String path() {
            return "policies/tests/" + name + ".yaml";
        }
    }

    /** {@code waivers/<id>.yaml}. */
    record WaiverFile(String id) implements RegistryPath {
        public WaiverFile {
            Names.require("waiver", id);
        }

        @Override
        public String path() {
            return "waivers/" + id + ".yaml";
        }
    }

    /** {@code targets/<stage>/<name>.yaml}. */
    record TargetFile(Stage stage, String name) implements RegistryPath {
        public TargetFile {
            Names.require("target", name);
        }

        @Override
        public String path() {
            return "targets/" + stage + "/" + name + ".yaml";
        }
    }

    /** A file of the repository that is configuration but no document: README.md, CODEOWNERS, CI files. */
    record RepositoryFile(String path) implements RegistryPath {
        /** Whether a Git host or a CI server runs it, or asks the reviewers that it names: the gate itself hangs on it. */
        public boolean isRun() {
            String[] parts = path.split("/", -1);
            return parts[parts.length - 1].equalsIgnoreCase("CODEOWNERS")
                    || switch (parts[0]) {
                        case "Jenkinsfile",
                                ".github",
                                ".gitea",
                                ".forgejo",
                                ".gitlab",
                                ".gitlab-ci.yml",
                                ".bitbucket",
                                "bitbucket-pipelines.yml" -> true;
                        default -> false;
                    };
        }
    }

    /** A path that the layout has no place for. */
    record UnknownPath(String path) implements RegistryPath {}

    /** {@code models/<ns>/<name>}. */
    static String directory(ModelName model) {
        return "models/" + model;
    }

    /** {@code models/<ns>/<name>/versions/<version>}. */
    static String directory(VersionId version) {
        return directory(version.model()) + "/versions/" + version.version();
    }

    /** What this path is for; never throws. */
    static RegistryPath of(String path) {
        try {
            return read(path.split("/", -1))
                    .filter(read -> read.path().equals(path))
                    .orElseGet(() -> other(path));
        } catch (IllegalArgumentException e) {
            return new UnknownPath(path);
        }
    }

    private static Optional<RegistryPath> read(String[] parts) {
        return switch (parts[0]) {
            case "registry.yaml" -> Optional.of(new RegistryFile());
            case "models" -> parts.length < 4 ? Optional.empty() : model(new ModelName(parts[1], parts[2]), parts);
            case "stages" ->
                parts.length == 4
                        ? stem(parts[3])
                                .map(name -> new PointerFile(new Stage(parts[1]), new ModelName(parts[2], name)))
                        : Optional.empty();
            case "policies" ->
                parts.length == 3 && parts[1].equals("tests")
                        ? stem(parts[2]).map(PolicyTestFile::new)
                        : only(parts, 2, PolicyFile::new);
            case "waivers" -> only(parts, 2, WaiverFile::new);
            case "targets" -> only(parts, 3, name -> new TargetFile(new Stage(parts[1]), name));
            default -> Optional.empty();
        };
    }

    private static Optional<RegistryPath> model(ModelName model, String[] parts) {
        return switch (parts[3]) {
            case "model.yaml" -> Optional.of(new ModelFile(model));
            case "lifecycle.yaml" -> Optional.of(new LifecycleFile(model));
            case "versions" ->
                parts.length < 6 ? Optional.empty() : version(new VersionId(model, Version.parse(parts[4])), parts);
            default -> Optional.empty();
        };
    }

    private static Optional<RegistryPath> version(VersionId version, String[] parts) {
        return switch (parts[5]) {
            case "version.yaml" -> Optional.of(new ManifestFile(version));
            case "card.md" -> Optional.of(new CardFile(version));
            case "model.sig" -> Optional.of(new SignatureFile(version));
            case "evaluations" -> only(parts, 7, id -> new EvaluationFile(version, id));
            case "fairness" -> only(parts, 7, id -> new FairnessFile(version, id));
            default -> Optional.empty();
        };
    }

    private static Optional<RegistryPath> only(String[] parts, int length, Function<String, RegistryPath> make) {
        return parts.length == length ? stem(parts[length - 1]).map(make) : Optional.empty();
    }

    private static Optional<String> stem(String file) {
        return file.endsWith(".yaml")
                ? Optional.of(file.substring(0, file.length() - ".yaml".length()))
                : Optional.empty();
    }

    private static RegistryPath other(String path) {
        String first = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        return switch (first) {
            case "README.md",
                    "CODEOWNERS",
                    "Jenkinsfile",
                    "LICENSE",
                    ".gitattributes",
                    ".gitignore",
                    ".editorconfig",
                    ".github",
                    ".gitea",
                    ".forgejo",
                    ".gitlab",
                    ".gitlab-ci.yml",
                    ".bitbucket",
                    "bitbucket-pipelines.yml",
                    "docs" -> new RepositoryFile(path);
            default -> new UnknownPath(path);
        };
    }
}
