package io.modelgate.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code modelgate} command: reads arguments, writes data to one stream and everything else to another. */
@Command(
        name = "modelgate",
        description = "A model registry that lives in Git.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        subcommands = {HostCommand.class, CompletionCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    /** Starts the command on the process's own streams and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    /** Runs one command and returns its exit code. Data goes to {@code out}, progress and errors to {@code err}. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        int code = commandLine().setOut(out).setErr(err).execute(args);
        out.flush();
        err.flush();
        return code;
    }

    /** The whole command tree, for running it and for generating what describes it. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(new Failures());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? Choose one of those below.");
    }
}
