package io.modelgate.cli;

import io.modelgate.NetworkSettings;
import io.modelgate.finding.RegistryException;
import io.modelgate.report.OutputFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The {@code modelgate} command: finds the verb, runs it, and turns what goes wrong into words and an exit code. */
public final class Main {
    private static final String STACKTRACE = "--stacktrace";

    private Main() {}

    /** Starts the command on the process's own streams and ends the process with its exit code. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        System.exit(run(terminal, () -> NetworkSettings.install(terminal.environment()), args));
    }

    /** Runs one command and returns its exit code. Data goes to {@code out}, progress and errors to {@code err}. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(
                new Terminal(
                        out,
                        err,
                        System.in,
                        System.getenv(),
                        Path.of(""),
                        Clock.systemUTC(),
                        "1".equals(System.getenv("MODELGATE_TERMINAL"))),
                args);
    }

    /** Runs one command in the given world. */
    static int run(Terminal terminal, String... args) {
        return run(terminal, () -> {}, args);
    }

    private static int run(Terminal terminal, Runnable first, String... args) {
        int code = guarded(terminal, first, args);
        terminal.err().flush();
        return terminal.out().checkError() ? ExitCode.ENVIRONMENT.number() : code;
    }

    /** The whole command tree, for generating what describes it. */
    static CommandLine commandLine() {
        return Verbs.tree();
    }

    private static int guarded(Terminal terminal, Runnable first, String[] args) {
        try {
            first.run();
            return dispatch(terminal, args);
        } catch (RegistryException e) {
            terminal.say("modelgate: " + e.getMessage());
            if (!e.remedy().isEmpty()) {
                terminal.say("  " + e.remedy());
            }
            return stacktrace(terminal, args, e, ExitCode.of(e.kind()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            terminal.say("modelgate: internal error (" + e.getClass().getSimpleName() + "). Nothing was merged.");
            terminal.say("  This is a defect in Modelgate. Run the command again with --stacktrace and report it.");
            return stacktrace(terminal, args, e, ExitCode.INTERNAL);
        }
    }

    private static int stacktrace(Terminal terminal, String[] args, Throwable cause, ExitCode code) {
        if (List.of(args).contains(STACKTRACE)) {
            cause.printStackTrace(terminal.err());
        }
        return code.number();
    }

    private static int dispatch(Terminal terminal, String[] args) {
        String[] ordered = CommonOptions.afterTheVerb(args);
        if (ordered.length > 0 && (ordered[0].equals("help") || ordered[0].equals("version"))) {
            String[] same = ordered[0].equals("version")
                    ? new String[] {"--version"}
                    : ordered.length > 1 ? new String[] {ordered[1], "--help"} : new String[] {"--help"};
            return dispatch(terminal, same);
        }
        if (ordered.length > 0 && Verbs.isVerb(ordered[0])) {
            return execute(terminal, Verbs.commandLine(ordered[0]), Arrays.copyOfRange(ordered, 1, ordered.length));
        }
        if (ordered.length > 0 && Verbs.runsItself(ordered[0])) {
            return commandLine()
                    .setOut(terminal.out())
                    .setErr(terminal.err())
                    .setExecutionExceptionHandler(new Failures())
                    .execute(ordered);
        }
        return execute(terminal, commandLine(), ordered);
    }

    /** Before it does anything: nobody wants to wait for an answer that cannot be given as asked, or act on another one. */
    private static void requireFormat(Terminal terminal, CommandSpec spec, Verb chosen) {
        OptionSpec option = spec.findOption("--output");
        if (option != null
                && option.getValue() instanceof OutputFormat wanted
                && !chosen.formats(terminal).contains(wanted)) {
            List<String> known = chosen.formats(terminal).stream()
                    .sorted()
                    .map(OutputFormat::toString)
                    .toList();
            int last = known.size() - 1;
            throw RegistryException.usage(
                    "This command does not write " + wanted + ".",
                    last == 0
                            ? "It answers in sentences: leave out --output, and go by its exit code."
                            : "Choose " + String.join(", ", known.subList(0, last)) + " or " + known.get(last) + ".");
        }
    }

    private static int execute(Terminal terminal, CommandLine line, String[] args) {
        CommandLine.ParseResult parsed;
        try {
            parsed = line.parseArgs(args);
            TypedPaths.requireSaid(parsed);
        } catch (CommandLine.ParameterException e) {
            return Usage.complain(terminal, e).number();
        }
        CommandSpec spec = parsed.hasSubcommand() ? parsed.subcommand().commandSpec() : parsed.commandSpec();
        CommandLine.ParseResult deepest = parsed;
        while (deepest.hasSubcommand()) {
            deepest = deepest.subcommand();
        }
        if (parsed.isUsageHelpRequested() || deepest.isUsageHelpRequested()) {
            spec.commandLine().usage(terminal.out());
            return ExitCode.OK.number();
        }
        if (parsed.isVersionHelpRequested()) {
            line.printVersionHelp(terminal.out());
            return ExitCode.OK.number();
        }
        if (spec.userObject() instanceof Verb chosen) {
            requireFormat(terminal, spec, chosen);
            return chosen.run(terminal).number();
        }
        terminal.say("Which command? Choose one of those below.");
        spec.commandLine().usage(terminal.err());
        return ExitCode.USAGE.number();
    }
}
