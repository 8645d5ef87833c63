package io.modelgate.deploy;

import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.YamlWriter;

/** Makes of a version what a target needs: always the same bytes for the same version and settings. */
final class Rendering {
    private Rendering() {}

    /** Throws {@link IllegalArgumentException} with a message for people when a setting is missing. */
    static SourceFile of(DeploymentTarget target, StagePointer pointer, ModelVersion manifest) {
        Node.Mapping content = switch (target.type()) {
            case FILE -> current(pointer, manifest);
            case KSERVE -> new KserveManifest(target, pointer, manifest).render();
            case JOB -> call(target, pointer);
        };
        String name = target.name() + "/" + pointer.model().namespace() + "-"
                + pointer.model().name() + ".yaml";
        return SourceFile.of(name, YamlWriter.write(content));
    }

    /** Which version is current, and its files. */
    private static Node.Mapping current(StagePointer pointer, ModelVersion manifest) {
        return version(pointer)
                .list(
                        "files",
                        manifest.artifacts().stream()
                                .map(file -> new MappingBuilder()
                                        .text("path", file.path())
                                        .text("digest", file.digest())
                                        .number("size", file.size())
                                        .text("format", file.format())
                                        .build())
                                .toList())
                .build();
    }

    private static Node.Mapping call(DeploymentTarget target, StagePointer pointer) {
        return version(pointer).text("job", target.setting("job")).build();
    }

    private static MappingBuilder version(StagePointer pointer) {
        return new MappingBuilder()
                .text("model", pointer.model())
                .text("version", pointer.target().version())
                .text("stage", pointer.stage())
                .text("manifest", pointer.target().manifest())
                .text("artifacts", pointer.target().artifacts());
    }
}
