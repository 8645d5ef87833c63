package io.modelgate.deploy;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes the InferenceService into a folder and, unless the target says {@code apply: none}, applies it with kubectl and waits
 * until KServe says that it is ready.
 */
public final class KserveHandover implements Handover {
    private final Function<SourceFile, String> writing;
    private final Commands commands;
    private final Consumer<Order> health;

    /** @param folder where rendered manifests go, by target and model */
    public KserveHandover(Path folder, Commands commands, HealthCheck health) {
        this(
                rendered -> {
                    Path file = folder.resolve(rendered.path());
                    FileHandover.replace(file, rendered.bytes());
                    return file.toString();
                },
                commands,
                health::await);
    }

    /**
     * On another machine.
     *
     * @param writing writes a rendered manifest there, whole, and gives its path as kubectl is to be told it
     * @param commands runs programs there
     * @param health returns when the order is healthy, as {@link HealthCheck#await}
     */
    public KserveHandover(Function<SourceFile, String> writing, Commands commands, Consumer<Order> health) {
        this.writing = writing;
        this.commands = commands;
        this.health = health;
    }

    @Override
    public void hand(Order order) {
        String file = writing.apply(order.rendered());
        if (!order.target().setting("apply").equals(Optional.of("none"))) {
            kubectl(order, List.of("apply", "--filename=" + file));
            kubectl(
                    order,
                    List.of(
                            "wait",
                            "--for=condition=Ready",
                            "--timeout=" + Handover.patience(order).toSeconds() + "s",
                            "inferenceservice/"
                                    + KserveManifest.service(order.pointer().model())));
        }
        health.accept(order);
    }

    private void kubectl(Order order, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        order.target().setting("context").ifPresent(context -> command.add("--context=" + context));
        command.add("--namespace=" + order.target().setting("namespace").orElseThrow());
        command.addAll(arguments);
        Commands.Ended ended = commands.run(command);
        if (ended.code() != 0) {
            throw RegistryException.environment(
                    "kubectl " + arguments.get(0) + " ended with " + ended.code() + ".",
                    "It said: " + ended.output().strip(),
                    null);
        }
    }
}
