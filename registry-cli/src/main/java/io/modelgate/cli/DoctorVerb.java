package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.catalog.Catalog;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.host.Safeguard;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.Policies;
import io.modelgate.report.Table;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private record Check(String mark, String said, String remedy) {
        static Check good(String said) {
            return new Check("ok", said, "");
        }

        static Check bad(String said, String remedy) {
            return new Check("FAIL", said, remedy);
        }

        static Check doubtful(String said, String remedy) {
            return new Check("warn", said, remedy);
        }
    }

    @Override
    public ExitCode run(Terminal terminal) {
        Table table = new Table();
        boolean sound = show(table, "java", Check.good(System.getProperty("java.version", "unknown")));
        try (Registry registry = common.open(terminal)) {
            sound &=
                    show(table, "registry", Check.good(common.location(terminal).shown()));
            sound &= show(
                    table,
                    "you",
                    Check.good(registry.host().me() + " on " + registry.host().kind()));
            sound &= show(table, "configuration", checked(() -> configuration(registry)));
            sound &= show(table, "stores", checked(() -> stores(registry)));
            if (bytes) {
                sound &= show(table, "bytes", checked(() -> bytes(registry)));
            }
            sound &= show(table, "policies", checked(() -> policies(registry)));
            if (registry.host().hasGate()) {
                sound &= protection(terminal, registry, table);
            } else {
                sound &= show(table, "gate", checked(() -> hook(registry)));
            }
        }
        table.lines(0).forEach(terminal::data);
        return sound ? ExitCode.OK : ExitCode.FINDINGS;
    }

    /** What the host lets pass by the gate; mended first if that is wanted. */
    private boolean protection(Terminal terminal, Registry registry, Table table) {
        if (fix) {
            registry.host().protect(Optional.ofNullable(gate));
            terminal.say("Protection set.");
        }
        boolean sound = true;
        for (Safeguard safeguard : registry.host().safeguards()) {
            Check check = switch (safeguard.state()) {
                case HOLDS -> Check.good(safeguard.said());
                case MISSING -> Check.bad(safeguard.said(), safeguard.remedy());
                case DOUBTFUL -> Check.doubtful(safeguard.said(), safeguard.remedy());
            };
            sound &= show(table, safeguard.name(), check);
        }
        return sound;
    }

    private static boolean show(Table table, String what, Check finding) {
        table.row(finding.mark(), what, finding.said());
        if (!finding.remedy().isEmpty()) {
            table.row("", "", finding.remedy());
        }
        return !finding.mark().equals("FAIL");
    }

    private static Check checked(Supplier<Check> check) {
        try {
            return check.get();
        } catch (RegistryException e) {
            return Check.bad(String.valueOf(e.getMessage()), e.remedy());
        }
    }

    private static Check configuration(Registry registry) {
        RegistryConfig config = registry.config();
        return Check.good(config.name() + ", stages " + config.stages());
    }

    private static Check stores(Registry registry) {
        registry.config()
                .stores()
                .forEach(store -> registry.workplace().stores().named(Optional.of(store.name())));
        return Check.good(registry.config().stores().size() + " configured");
    }

    /** Reads what is live, each version once. */
    private static Check bytes(Registry registry) {
        Catalog catalog = registry.catalog();
        Set<VersionId> live = catalog.list(name -> true).stream()
                .flatMap(model -> model.stages().values().stream()
                        .map(version -> new VersionId(model.model().name(), version)))
                .collect(Collectors.toCollection(TreeSet::new));
        for (VersionId version : live) {
            Resolved resolved = catalog.resolve(new ModelReference.Numbered(version.model(), version.version()));
            Optional<String> wrong = registry.damaged(resolved);
            if (wrong.isPresent()) {
                return Check.bad(
                        version + ": " + wrong.get() + ".",
                        "Put its bytes there again: 'modelgate push " + version + " <folder>'.");
            }
        }
        return Check.good(live.size() + " live versions, every byte right");
    }

    private static Check policies(Registry registry) {
        Checked<Policies> checked = Policies.check(registry.workplace().snapshot(), registry.config());
        return checked.ok()
                ? Check.good(checked.get().policies().size() + " valid, "
                        + checked.get().waivers().size() + " waivers")
                : Check.bad(checked.findings().get(0).toString(), "Propose a correction.");
    }

    private static Check hook(Registry registry) {
        if (!registry.workplace().repository().isDirect()) {
            return Check.doubtful(
                    "The hook of a registry on another machine cannot be seen from here.",
                    "Ask who runs it, or run 'modelgate doctor' there.");
        }
        Path repository = registry.workplace().repository().directory();
        Path hook = repository.resolve("hooks").resolve("pre-receive");
        return Files.isExecutable(hook)
                ? Check.good("pre-receive hook installed")
                : Check.doubtful(
                        "No pre-receive hook: whoever can push can change main without the gate.",
                        "Install it: 'modelgate host install-hook " + repository + "'.");
    }
}
