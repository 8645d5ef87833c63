package io.modelgate.gate;

import io.modelgate.evidence.Evidence;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.policy.ApprovalsRequirement;
import io.modelgate.policy.JudgeContext;
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
                registry(file.get(), context, judged);
            } else if (path instanceof RegistryPath.ModelFile model) {
                model(file.get(), model, context, judged);
            } else if (path instanceof RegistryPath.TargetFile) {
                judged.find(DeploymentTarget.read(file.get()).findings());
            }
        }
        context.approvals(kind(), subject(), judged);
    }

    private static void registry(SourceFile file, GateContext context, Judged judged) {
        Checked<RegistryConfig> read = RegistryConfig.read(file);
        judged.find(read.findings());
        if (!read.ok()) {
            return;
        }
        RegistryConfig old = context.registry();
        RegistryConfig young = read.get();
        Place place = Place.file(file.path());
        old.stages().stream()
                .filter(stage -> !young.has(stage)
                        && !context.merged().list("stages/" + stage).isEmpty())
                .forEach(stage -> judged.find(Finding.block(
                        "gate/stage-in-use",
                        place,
                        "The stage " + stage + " is taken away, but versions are in it.",
                        "Keep the stage.")));
        if (!young.branch().equals(old.branch())) {
            judged.find(Finding.block(
                    "gate/branch", place, "The target branch of a registry does not change.", "Restore 'branch'."));
        }
        old.stores().stream()
                .filter(store -> !young.stores().contains(store))
                .forEach(store -> judged.find(storeChanged(store, place)));
    }

    private static Finding storeChanged(StoreConfig store, Place place) {
        return Finding.warn(
                "gate/store-changed",
                place,
                "The store " + store.name()
                        + " is taken away or moves: versions that name it are looked for elsewhere.",
                "Make sure that their bytes are there.");
    }

    /** Where the model is live, those who approve releases of it by its old tier and labels approve the change too. */
    private static void model(SourceFile file, RegistryPath.ModelFile path, GateContext context, Judged judged) {
        judged.find(Model.read(file).findings());
        Optional<Model> old = context.target()
                .read(path.path())
                .flatMap(before -> Model.readTrusted(before).value());
        if (old.isEmpty()) {
            return;
        }
        for (Stage stage : context.registry().stages()) {
            context.incumbent(stage, path.model())
                    .flatMap(pointer -> Evidence.readTrusted(context.target(), pointer.version())
                            .value())
                    .ifPresent(evidence -> judged.addAll(context.policies()
                            .judge(
                                    new JudgeContext(
                                            evidence,
                                            Optional.empty(),
                                            stage,
                                            context.input().now(),
                                            context.input().review(),
                                            context.registry(),
                                            context.input().history()),
                                    rule -> rule.requirement() instanceof ApprovalsRequirement)));
        }
    }
}
