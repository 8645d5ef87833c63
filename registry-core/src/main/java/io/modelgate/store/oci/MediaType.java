package io.modelgate.store.oci;

import java.util.List;
import java.util.Locale;

/** Types of the OCI image specification 1.1 and of the CNCF ModelPack specification 0.0.7 (modelpack/model-spec). */
final class MediaType {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String EMPTY = "application/vnd.oci.empty.v1+json";
    static final String MODEL = "application/vnd.cncf.model.manifest.v1+json";
    static final String MODEL_CONFIG = "application/vnd.cncf.model.config.v1+json";
    /** What a client accepts where a manifest is; Docker's own may be there too, from other tools. */
    static final String ACCEPTED = String.join(
            ", ",
            MANIFEST,
            INDEX,
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");

    private static final List<String> CODE =
            List.of(".py", ".sh", ".ipynb", ".r", ".jl", ".js", ".java", ".c", ".cc", ".cpp", ".h");
    private static final List<String> DOC = List.of(".md", ".rst", ".pdf", ".html");
    private static final List<String> CONFIG =
            List.of(".json", ".jsonl", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".txt", ".vocab");

    private MediaType() {}

    /** What a file of a model is, told from its name as ModelPack's own tools do. Files are never packed into archives. */
    static String ofFile(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String kind = name.startsWith("readme") || name.startsWith("license") || ends(name, DOC)
                ? "doc"
                : ends(name, CODE) ? "code" : ends(name, CONFIG) ? "weight.config" : "weight";
        return "application/vnd.cncf.model." + kind + ".v1.raw";
    }

    private static boolean ends(String name, List<String> endings) {
        return endings.stream().anyMatch(name::endsWith);
    }
}
