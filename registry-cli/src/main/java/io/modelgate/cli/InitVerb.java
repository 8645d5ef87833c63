package io.modelgate.cli;

import io.modelgate.NewHostedRegistry;
import io.modelgate.NewRegistry;
import io.modelgate.Registry;
import io.modelgate.RegistryLocation;
import io.modelgate.Session;
import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.host.HookInstallation;
import io.modelgate.host.LocalIdentity;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.manifest.UserId;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a registry: a bare repository with the files of a folder, or a repository on a Git host. */
@Command(name = "init", description = "Make a registry: on this machine, or on a Git host.")
final class InitVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "<where>",
            description =
                    "Folder for the bare repository, which must not exist or be empty; or the address of a repository on a "
                            + "Git host, which is made if need be.")
    private String folder = "";

    @Option(
            names = "--from",
            paramLabel = "<folder>",
            description = "Folder with registry.yaml and policies/ to start with. Otherwise ready-made ones.")
    private @Nullable String from;

    @Option(
            names = "--name",
            defaultValue = "models",
            paramLabel = "<name>",
            description = "Name of the registry, without --from. Default: models.")
    private String name = "models";

    @Option(
            names = "--stages",
            split = ",",
            defaultValue = "dev,uat,prod",
            paramLabel = "<stage>",
            description = "Stages in order, without --from. Default: dev,uat,prod.")
    private List<String> stages = List.of();

    @Option(
            names = "--identity",
            defaultValue = "account",
            paramLabel = "<mode>",
            description = "How people are told apart: account, forced-command or declared. Default: account.")
    private String identity = "account";

    @Option(
            names = "--host",
            paramLabel = "<kind>",
            description =
                    "On a Git host: which it is, if its name does not tell: gitea, forgejo, github, gitlab or bitbucket.")
    private @Nullable String host;

    @Option(
            names = "--store",
            paramLabel = "<address>",
            description =
                    "Where artifacts are, such as s3://bucket/prefix or file:///srv/modelgate/artifacts. Default on this "
                            + "machine: the folder 'artifacts' beside the registry.")
    private @Nullable String store;

    @Option(
            names = "--store-endpoint",
            paramLabel = "<url>",
            description =
                    "Of a store at s3: on a server that is not Amazon's, such as https://minio.acme.example:9000.")
    private @Nullable String endpoint;

    @Option(names = "--store-region", paramLabel = "<region>", description = "Of a store at s3:, such as eu-central-1.")
    private @Nullable String region;

    @Option(
            names = "--gate",
            paramLabel = "<user>",
            description =
                    "On a Git host: the only user that may merge, such as the one that 'modelgate watch' runs as.")
    private @Nullable String gate;

    @Override
    public ExitCode run(Terminal terminal) {
        RegistryLocation location = new RegistryLocation(folder);
        if (location.remote()) {
            return hosted(terminal, location);
        }
        requireLocal();
        LocalIdentity.Mode mode = Arguments.parse(identity, LocalIdentity.Mode::parse);
        Path target = terminal.path(folder);
        Session session = Sessions.of(terminal, common.as());
        Checked<CommitId> made = from == null
                ? Arguments.valid(() -> NewRegistry.make(
                        target,
                        name,
                        stages.stream().map(Stage::new).toList(),
                        store == null ? NewRegistry.BESIDE : location(store),
                        mode,
                        session))
                : NewRegistry.make(target, terminal.path(from), mode, session);
        ExitCode code = Findings.show(terminal, made.findings());
        made.value().ifPresent(commit -> finish(terminal, target, mode, commit));
        return code;
    }

    /** An option that would change nothing is said, not passed over: somebody believes in it. */
    private void requireLocal() {
        if (host != null || gate != null) {
            throw RegistryException.usage(
                    (host != null ? "--host" : "--gate") + " is for registries on a Git host, and '" + folder
                            + "' is a folder of this machine.",
                    "Leave it out, or give the address of a repository: modelgate init https://git.acme.example/ml/models …");
        }
        if (from != null && (store != null || endpoint != null || region != null)) {
            throw RegistryException.usage(
                    "With --from, the stores are those of its registry.yaml.",
                    "Write the store there, and leave out --store, --store-endpoint and --store-region.");
        }
        if (store == null && (endpoint != null || region != null)) {
            throw RegistryException.usage(
                    "--store-endpoint and --store-region say where a bucket is, and no bucket is named.",
                    "Name it, too: --store s3://bucket/prefix");
        }
    }

    private ExitCode hosted(Terminal terminal, RegistryLocation location) {
        String address = store;
        if (address == null || from != null) {
            throw RegistryException.usage(
                    from != null
                            ? "--from makes registries on this machine only."
                            : "A registry on a Git host needs a store that everybody reaches.",
                    "Name it: --store s3://bucket/prefix or file:///srv/modelgate/artifacts. Other files are pushed afterwards.");
        }
        HostConfig.Kind kind = host == null ? HostConfig.Kind.LOCAL : Arguments.parse(host, HostConfig.Kind::parse);
        Session session = Sessions.of(terminal, common.as());
        HostConfig on = NewHostedRegistry.host(location, kind, session);
        RegistryConfig config = Arguments.valid(() -> new RegistryConfig(
                name,
                Optional.empty(),
                stages.stream().map(Stage::new).toList(),
                RegistryConfig.DEFAULT_BRANCH,
                withGate(on),
                List.of(new StoreConfig("main", location(address), List.of())),
                Governance.NONE));
        Checked<CommitId> made = new NewHostedRegistry(location, session).make(config);
        ExitCode code = Findings.show(terminal, made.findings());
        return made.value()
                .map(commit -> code == ExitCode.OK ? protect(terminal, location, session, commit) : code)
                .orElse(code);
    }

    private StoreLocation location(String address) {
        return new StoreLocation(
                address,
                Optional.ofNullable(endpoint).map(text -> Arguments.parse(text, URI::create)),
                Optional.ofNullable(region),
                Optional.empty());
    }

    /** The gate's user is named in registry.yaml too; on Bitbucket Cloud users are known by their accounts alone. */
    private HostConfig withGate(HostConfig on) {
        boolean cloud = on.url().filter(url -> url.endsWith("//bitbucket.org")).isPresent();
        return gate == null || cloud ? on : on.withGate(new UserId(gate));
    }

    /** A registry whose target branch is not protected is there, and not ready. */
    private ExitCode protect(Terminal terminal, RegistryLocation location, Session session, CommitId commit) {
        common.say(terminal, "Registry " + location.shown() + " is there (" + commit.abbreviated() + ").");
        ExitCode code = ExitCode.OK;
        try (Registry registry = Registry.open(location, session)) {
            registry.protect(Optional.ofNullable(gate));
            common.say(terminal, "Its target branch is protected; 'modelgate doctor' says how well.");
        } catch (RegistryException e) {
            terminal.say("Its target branch is NOT protected: " + e.getMessage() + " " + e.remedy());
            code = ExitCode.ENVIRONMENT;
        }
        document(terminal, document(location.shown(), commit).bool("protected", code == ExitCode.OK));
        terminal.say("Next: let the gate run, as the user that may merge: modelgate watch --merge " + location.shown());
        return code;
    }

    private static MappingBuilder document(String registry, CommitId commit) {
        return new MappingBuilder()
                .text("format", "modelgate.io/init/v1")
                .text("registry", registry)
                .text("commit", commit);
    }

    /** For programs alone: people read sentences. */
    private void document(Terminal terminal, MappingBuilder document) {
        Output.print(terminal, common.output(), document.build(), List::of);
    }

    /** Puts the gate in front of it, where it is known how to start this program again. */
    private void finish(Terminal terminal, Path target, LocalIdentity.Mode mode, CommitId commit) {
        Optional<Path> launcher = Launchers.own();
        launcher.ifPresent(program -> {
            try (RegistryRepository repository = Repositories.open(target)) {
                HookInstallation.install(repository, List.of(program.toString()), mode);
            }
        });
        String hook = launcher.isPresent() ? "" : ", no hook: see 'modelgate host install-hook'";
        common.say(
                terminal,
                "Registry " + target.getFileName() + " is ready (" + commit.abbreviated() + ", identity: " + mode.word()
                        + hook + ").");
        document(
                terminal,
                document(target.toString(), commit)
                        .text("identity", mode.word())
                        .bool("hook", launcher.isPresent()));
        terminal.say("Next: export MODELGATE_REGISTRY='" + target + "', or name it with --registry.");
        terminal.say("      modelgate register <namespace>/<name>@1.0.0 <folder of a training output>");
    }
}
