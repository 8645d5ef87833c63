package io.modelgate.cli;

import io.modelgate.RegistryLocation;
import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import io.modelgate.report.OutputFormat;
import io.modelgate.watch.HookListener;
import io.modelgate.watch.HookSignature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps the verdicts of open proposals up to date on their Git hosts, for teams without a CI. */
@Command(
        name = "watch",
        description = "Judge open proposals whenever they change, and say the verdict on the Git host.",
        footer = {
            "",
            "Runs until it is stopped; it may be stopped at any time. Set MODELGATE_TOKEN to a token of the gate's own user.",
            "A webhook to http://<listen>/<path of the registry> makes it look at once; without one it looks every interval."
        })
final class WatchVerb implements Verb {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Parameters(
            paramLabel = "<registry>",
            arity = "0..*",
            description = "Addresses of registries. Default: this registry.")
    private List<String> registries = new ArrayList<>();

    @Option(
            names = "--interval",
            defaultValue = "30",
            paramLabel = "<seconds>",
            description = "How often each host is asked what changed. Default: 30.")
    private int interval = 30;

    @Option(names = "--merge", description = "Also merge what passes.")
    private boolean merge;

    @Option(names = "--once", description = "Look once and end: for a scheduler.")
    private boolean once;

    @Option(
            names = "--listen",
            paramLabel = "<host:port>",
            description = "Take webhooks there; needs --secret-file. Put a proxy with TLS in front of it.")
    private @Nullable String listen;

    @Option(names = "--secret-file", paramLabel = "<file>", description = "File with the webhooks' secret.")
    private @Nullable String secretFile;

    @Override
    public Set<OutputFormat> formats() {
        return SENTENCES;
    }

    @Override
    public ExitCode run(Terminal terminal) {
        if (interval < 1 || interval > 86_400) {
            throw RegistryException.usage("The interval is " + interval + " seconds.", "Give 1 to 86400.");
        }
        List<WatchedRegistry> watched = locations(terminal).stream()
                .map(location -> new WatchedRegistry(
                        location, Sessions.of(terminal, common.as()), merge, line -> tell(terminal, line)))
                .toList();
        if (once) {
            boolean good = true;
            for (WatchedRegistry each : watched) {
                good &= each.look() && !each.hadTrouble();
                each.close();
            }
            return good ? ExitCode.OK : ExitCode.ENVIRONMENT;
        }
        Optional<HookListener> hooks = hooks(terminal, watched);
        ExecutorService threads = Executors.newFixedThreadPool(watched.size());
        try {
            watched.forEach(each -> threads.execute(() -> each.run(interval)));
            hooks.ifPresent(listener -> terminal.say("Webhooks on port " + listener.port() + "."));
            terminal.say("Watching " + watched.size() + (watched.size() == 1 ? " registry." : " registries."));
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
            hooks.ifPresent(HookListener::close);
        }
        return ExitCode.OK;
    }

    /** At once: somebody is waiting for it, or a program reads it. */
    private static void tell(Terminal terminal, String line) {
        terminal.data(line);
        terminal.out().flush();
    }

    private List<RegistryLocation> locations(Terminal terminal) {
        return registries.isEmpty()
                ? List.of(common.location(terminal))
                : registries.stream()
                        .map(address ->
                                RegistryLocation.find(Optional.of(address), terminal.environment(), terminal.path("")))
                        .toList();
    }

    private Optional<HookListener> hooks(Terminal terminal, List<WatchedRegistry> watched) {
        if (listen == null) {
            return Optional.empty();
        }
        String file = secretFile;
        if (file == null) {
            throw RegistryException.usage(
                    "--listen needs the secret that webhooks are signed with.",
                    "Write it to a file: --secret-file <file>.");
        }
        int colon = listen.lastIndexOf(':');
        String port = listen.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw RegistryException.usage("'" + listen + "' is no address to listen on.", "Write 127.0.0.1:8080.");
        }
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        InetSocketAddress address = new InetSocketAddress(listen.substring(0, colon), Integer.parseInt(port));
        HookSignature signature = Arguments.valid(() -> new HookSignature(secret(terminal.path(file))));
        return Optional.of(new HookListener(address, signature, path -> wake(terminal, watched, path)));
    }

    private static boolean wake(Terminal terminal, List<WatchedRegistry> watched, String path) {
        List<WatchedRegistry> meant =
                watched.stream().filter(each -> each.isAt(path)).toList();
        meant.forEach(WatchedRegistry::wake);
        if (meant.isEmpty()) {
            tell(
                    terminal,
                    "A webhook came for /" + Text.excerpt(Text.printable(path), 100) + ", which is not watched.");
        }
        return !meant.isEmpty();
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw RegistryException.environment(file + " cannot be read.", "Check the name and its permissions.", e);
        }
    }
}
