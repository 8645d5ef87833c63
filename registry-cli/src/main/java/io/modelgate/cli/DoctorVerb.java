package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.Catalog;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.host.Safeguard;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.Policies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at everything that a registry rests on, and says for each thing that is wrong how to mend it. */
@Command(name = "doctor", description = "Look at everything that a registry rests on.")
final class DoctorVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--bytes", description = "Also read all bytes of the versions that are in a stage.")
    private boolean bytes;

    @Option(
            names = "--fix",
            description = "On a Git host: set the protection that is missing, as far as your token may.")
    private boolean fix;

    @Option(
            names = "--gate",
            paramLabel = "<user>",
            description = "With --fix: the only user that may merge, such as the one that 'modelgate watch' runs as.")
    private @Nullable String gate;

    @Override
    public ExitCode run(Terminal terminal) {
        List<DoctorCheck> checks = new ArrayList<>();
        checks.add(
                DoctorCheck.good(System.getProperty("java.version", "unknown")).of("java"));
        try (Registry registry = common.open(terminal)) {
            checks.add(DoctorCheck.good(common.location(terminal).shown()).of("registry"));
            checks.add(DoctorCheck.good(
                            registry.host().me() + " on " + registry.host().kind())
                    .of("you"));
            checks.add(checked(() -> configuration(registry)).of("configuration"));
            checks.addAll(each("store", registry::probeStores));
            if (bytes) {
                checks.add(checked(() -> bytes(registry)).of("bytes"));
            }
            checks.add(checked(() -> policies(registry)).of("policies"));
            if (registry.host().hasGate()) {
                checks.addAll(protection(terminal, registry));
            } else {
                checks.add(checked(() -> hook(registry)).of("gate"));
            }
        }
        Output.print(terminal, common.output(), DoctorCheck.document(checks), () -> DoctorCheck.text(checks));
        return DoctorCheck.areSound(checks) ? ExitCode.OK : ExitCode.FINDINGS;
    }

    /** What the host lets pass by the gate; mended first if that is wanted. */
    private List<DoctorCheck> protection(Terminal terminal, Registry registry) {
        if (fix) {
            registry.protect(Optional.ofNullable(gate));
            terminal.say("Protection set.");
        }
        List<Safeguard> safeguards = new ArrayList<>();
        List<DoctorCheck> checks = new ArrayList<>(each("protection", () -> {
            safeguards.addAll(registry.safeguards());
            return safeguards;
        }));
        checks.addAll(0, each("gate", () -> List.of(registry.gateSafeguard(safeguards))));
        checks.addAll(each(
                "deployments", () -> registry.deploymentSafeguard().stream().toList()));
        return checks;
    }

    private static DoctorCheck checked(Supplier<DoctorCheck> check) {
        try {
            return check.get();
        } catch (RegistryException e) {
            return DoctorCheck.bad(String.valueOf(e.getMessage()), e.remedy());
        }
    }

    private static DoctorCheck configuration(Registry registry) {
        RegistryConfig config = registry.config();
        return DoctorCheck.good(config.name() + ", stages " + config.stages());
    }

    /** What was found of several things; one that is wrong, by this name, where it could not be looked at them. */
    private static List<DoctorCheck> each(String name, Supplier<List<Safeguard>> look) {
        try {
            return look.get().stream().map(DoctorCheck::of).toList();
        } catch (RegistryException e) {
            return List.of(
                    DoctorCheck.bad(String.valueOf(e.getMessage()), e.remedy()).of(name));
        }
    }

    /** Reads what is live, each version once. */
    private static DoctorCheck bytes(Registry registry) {
        Catalog catalog = registry.catalog();
        Set<VersionId> live = catalog.list(name -> true).stream()
                .flatMap(model -> model.stages().values().stream()
                        .map(version -> new VersionId(model.model().name(), version)))
                .collect(Collectors.toCollection(TreeSet::new));
        for (VersionId version : live) {
            Resolved resolved = catalog.resolve(version);
            Optional<String> wrong = registry.damaged(resolved);
            if (wrong.isPresent()) {
                return DoctorCheck.bad(
                        version + ": " + wrong.get() + ".",
                        "Put its bytes there again: 'modelgate push " + version + " <folder>'.");
            }
        }
        return DoctorCheck.good(live.size() + " live versions, every byte right");
    }

    private static DoctorCheck policies(Registry registry) {
        Checked<Policies> checked = Policies.check(registry.workplace().snapshot(), registry.config());
        return checked.ok()
                ? DoctorCheck.good(checked.get().policies().size() + " valid, "
                        + checked.get().waivers().size() + " waivers")
                : DoctorCheck.bad(checked.findings().get(0).toString(), "Propose a correction.");
    }

    private static DoctorCheck hook(Registry registry) {
        if (!registry.workplace().repository().isDirect()) {
            return DoctorCheck.doubtful(
                    "The hook of a registry on another machine cannot be seen from here.",
                    "Ask who runs it, or run 'modelgate doctor' there.");
        }
        Path repository = registry.workplace().repository().directory();
        Path hook = repository.resolve("hooks").resolve("pre-receive");
        return Files.isExecutable(hook)
                ? DoctorCheck.good("pre-receive hook installed")
                : DoctorCheck.doubtful(
                        "No pre-receive hook: whoever can push can change main without the gate.",
                        "Install it: 'modelgate host install-hook " + repository + "'.");
    }
}
