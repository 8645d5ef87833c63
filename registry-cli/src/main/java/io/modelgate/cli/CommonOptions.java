package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.RegistryLocation;
import io.modelgate.report.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every verb has. */
final class CommonOptions {
    private static final Set<String> WITH_VALUE = Set.of("--registry", "-r", "--output", "-o", "--as");
    private static final Set<String> SWITCHES = Set.of("--stacktrace");

    @Option(
            names = {"-r", "--registry"},
            paramLabel = "<registry>",
            description =
                    "Path or URL of the registry. Otherwise MODELGATE_REGISTRY, a .modelgate.yaml here or above, or"
                            + " the repository you stand in.")
    private @Nullable String registry;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<format>",
            defaultValue = "text",
            description = "text, json or yaml; verdicts also markdown, sarif, junit or code-quality. Default: text."
                    + " What has no answer in a format says so, and does nothing.")
    private OutputFormat output = OutputFormat.TEXT;

    @Option(
            names = "--as",
            paramLabel = "<user>",
            description = "Who you are, on a local host whose identity mode is 'declared'. Otherwise MODELGATE_USER.")
    private @Nullable String as;

    @Option(names = "--stacktrace", description = "After an error, print where in the program it arose.")
    @SuppressWarnings("unused") // Main looks for it in the arguments, for trouble with the arguments themselves.
    private boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli tells Main that help was asked for.
    private boolean help;

    OutputFormat output() {
        return output;
    }

    /** Says a sentence beside a verdict: where programs read the verdict, not among its data. */
    void say(Terminal terminal, String sentence) {
        if (output == OutputFormat.TEXT) {
            terminal.data(sentence);
        } else {
            terminal.say(sentence);
        }
    }

    /** Opens the registry that the options, the environment, a configuration file or the directory name. */
    Registry open(Terminal terminal) {
        return Registry.open(location(terminal), Sessions.of(terminal, Optional.ofNullable(as)));
    }

    /** Opens that registry only to read it. */
    Registry read(Terminal terminal) {
        return Registry.openToRead(location(terminal), Sessions.of(terminal, Optional.ofNullable(as)));
    }

    /** Opens that registry only to read it, as far as this machine has it. */
    Registry offline(Terminal terminal) {
        return Registry.openOffline(location(terminal), Sessions.of(terminal, Optional.ofNullable(as)));
    }

    /** Where the registry is. */
    RegistryLocation location(Terminal terminal) {
        return RegistryLocation.find(Optional.ofNullable(registry), terminal.environment(), terminal.directory());
    }

    /** The user that was named with --as, if any. */
    Optional<String> as() {
        return Optional.ofNullable(as);
    }

    /** Moves options that stand before the verb behind it: {@code --registry x list} means {@code list --registry x}. */
    static String[] afterTheVerb(String[] args) {
        List<String> leading = new ArrayList<>();
        int next = 0;
        while (next < args.length) {
            String word = args[next];
            if (WITH_VALUE.contains(word) && next + 1 < args.length) {
                leading.add(word);
                leading.add(args[next + 1]);
                next += 2;
            } else if (SWITCHES.contains(word)
                    || WITH_VALUE.stream().anyMatch(name -> name.startsWith("--") && word.startsWith(name + "="))) {
                leading.add(word);
                next++;
            } else {
                break;
            }
        }
        if (leading.isEmpty() || next == args.length || !Verbs.isVerb(args[next])) {
            return args;
        }
        int words = Verbs.isGroup(args[next]) && next + 1 < args.length ? 2 : 1;
        List<String> ordered = new ArrayList<>(List.of(args).subList(next, next + words));
        ordered.addAll(leading);
        ordered.addAll(List.of(args).subList(next + words, args.length));
        return ordered.toArray(String[]::new);
    }
}
