package io.modelgate.gate;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * registry.yaml, a model.yaml, a target or another file of the repository changes. It is judged by the registry.yaml that it
 * replaces, and a model by the tier that it had.
 *
 * @param paths the files
 */
record ConfigurationChange(List<RegistryPath> paths) implements Change {
    ConfigurationChange {
        paths = List.copyOf(paths);
    }

    @Override
    public String kind() {
        return ChangeKind.CONFIGURATION.word();
    }

    @Override
    public String subject() {
        return paths.stream().map(RegistryPath::path).collect(Collectors.joining(", "));
    }

    @Override
    public void judge(GateContext context, Judged judged) {
        for (RegistryPath path : paths) {
            Optional<SourceFile> file = context.file(path);
            if (file.isEmpty()) {
                continue;
            }
            if (path instanceof RegistryPath.RegistryFile) {
                new RegistryEdit(context, judged).judge(file.get());
            } else if (path instanceof RegistryPath.ModelFile model) {
                new ModelEdit(context, judged).judge(file.get(), model);
            } else if (path instanceof RegistryPath.TargetFile target) {
                target(file.get(), target, context, judged);
            }
        }
        context.approvals(kind(), subject(), judged);
    }

    private static void target(SourceFile file, RegistryPath.TargetFile target, GateContext context, Judged judged) {
        judged.find(DeploymentTarget.read(file).findings());
        RegistryConfig registry = context.file(new RegistryPath.RegistryFile())
                .flatMap(merged -> RegistryConfig.readTrusted(merged).value())
                .orElse(context.registry());
        if (!registry.has(target.stage())) {
            judged.find(Finding.block(
                    "gate/stage",
                    Place.file(file.path()),
                    "There is no stage " + target.stage() + ".",
                    "The stages are " + registry.stages() + "."));
        }
    }
}
