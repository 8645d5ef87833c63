package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.deploy.DeployPlan;
import io.modelgate.deploy.Deploying;
import io.modelgate.deploy.Destination;
import io.modelgate.deploy.FileHandover;
import io.modelgate.deploy.Handover;
import io.modelgate.deploy.HealthCheck;
import io.modelgate.deploy.KserveHandover;
import io.modelgate.deploy.Order;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.DeploymentTarget;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Stage;
import io.modelgate.store.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands to the deployment targets of a stage what its pointers changed since the last time. */
@Command(
        name = "deploy",
        description = "Hand to the targets of a stage what changed in it since the last time.",
        footer = {
            "",
            "What was handed over is kept on the branch deployments/<stage> of the registry. Run again, it does what is new",
            "or was left undone, and nothing else. Targets of the type job are left to the Jenkins step deployModels."
        })
final class DeployVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "<stage>", description = "Such as prod.")
    private String stage = "";

    @Option(names = "--target", paramLabel = "<name>", description = "Hand over to this target alone.")
    private @Nullable String target;

    @Option(
            names = "--into",
            paramLabel = "<folder>",
            defaultValue = "deploy",
            description = "Where rendered manifests are written: <target>/<namespace>-<name>.yaml. Default: deploy.")
    private String into = "deploy";

    @Option(
            names = "--run",
            paramLabel = "<text>",
            description = "Who deploys, such as the address of a build. Default: BUILD_URL, else you and the time.")
    private @Nullable String run;

    @Option(names = "--dry-run", description = "Print what would be handed over, and do nothing.")
    private boolean dryRun;

    private record Done(Order order, String state, String note) {}

    @Override
    public ExitCode run(Terminal terminal) {
        Stage where = Arguments.parse(stage, Stage::new);
        try (Registry registry = common.open(terminal)) {
            Deploying deploying = registry.deploying(where, who(terminal, registry));
            DeployPlan plan = dryRun ? deploying.preview() : deploying.plan();
            ExitCode found = Findings.show(terminal, plan.findings());
            List<Done> done = new ArrayList<>();
            for (Order order : plan.orders()) {
                if (target == null || target.equals(order.target().name())) {
                    done.add(dryRun ? new Done(order, "planned", "") : deploy(terminal, registry, deploying, order));
                }
            }
            Output.print(terminal, common.output(), document(where, plan, done), () -> text(where, plan, done));
            return done.stream().anyMatch(each -> each.state().equals("failed")) ? ExitCode.ENVIRONMENT : found;
        }
    }

    private String who(Terminal terminal, Registry registry) {
        return Optional.ofNullable(run)
                .or(() -> Optional.ofNullable(terminal.environment().get("BUILD_URL")))
                .filter(text -> !text.isBlank() && text.lines().count() == 1)
                .orElseGet(
                        () -> registry.host().me() + " at " + terminal.clock().instant());
    }

    private Done deploy(Terminal terminal, Registry registry, Deploying deploying, Order order) {
        if (order.target().type() == DeploymentTarget.Type.JOB) {
            return new Done(order, "left", "a Jenkins job: deployed by the step deployModels");
        }
        terminal.say("Handing " + order.version() + " to " + order.target().name() + " …");
        try {
            deploying.begin(order, Handover.patience(order));
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.CONFLICT) {
                return new Done(order, "failed", e.getMessage() + " " + e.remedy());
            }
            return failed(deploying, order, e);
        }
        try {
            handover(terminal, registry, order).hand(order);
        } catch (RegistryException e) {
            return failed(deploying, order, e);
        }
        deploying.live(order);
        return new Done(order, "live", "");
    }

    private static Done failed(Deploying deploying, Order order, RegistryException e) {
        deploying.failed(order, String.valueOf(e.getMessage()));
        return new Done(order, "failed", e.getMessage() + " " + e.remedy());
    }

    private Handover handover(Terminal terminal, Registry registry, Order order) {
        HealthCheck health = new HealthCheck(terminal.clock());
        Path here = terminal.path(".");
        return order.target().type() == DeploymentTarget.Type.FILE
                ? new FileHandover(registry.workplace().stores(), here, Progress.NONE, health)
                : new KserveHandover(terminal.path(into), new ProcessCommands(here, terminal.environment()), health);
    }

    private static Node.Mapping document(Stage stage, DeployPlan plan, List<Done> done) {
        return new MappingBuilder()
                .text("stage", stage)
                .put(
                        "orders",
                        MappingBuilder.sequence(
                                done.stream().map(DeployVerb::document).toList()))
                .list(
                        "leftovers",
                        plan.leftovers().stream()
                                .map(each -> new MappingBuilder()
                                        .text("target", each.target())
                                        .text("model", each.model())
                                        .build())
                                .toList())
                .build();
    }

    private static Node.Mapping document(Done done) {
        return new MappingBuilder()
                .text("target", done.order().target().name())
                .text("type", done.order().target().type())
                .text("model", done.order().pointer().model())
                .text("version", done.order().version().version())
                .text("artifacts", done.order().pointer().target().artifacts())
                .text("rendered", done.order().rendered().digest())
                .text("state", done.state())
                .text("note", Optional.of(done.note()).filter(note -> !note.isEmpty()))
                .build();
    }

    private static List<String> text(Stage stage, DeployPlan plan, List<Done> done) {
        List<String> lines = new ArrayList<>();
        done.forEach(each -> lines.add(
                each.order().version() + " on " + each.order().target().name() + ": " + each.state()
                        + (each.note().isEmpty() ? "" : ". " + each.note())));
        if (done.isEmpty()) {
            lines.add("Nothing to hand over in " + stage + ".");
        }
        for (Destination gone : plan.leftovers()) {
            lines.add(gone + ": nothing asks for it any more. Take it down by hand; Modelgate does not.");
        }
        return lines;
    }
}
