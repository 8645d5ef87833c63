package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns trouble into one message, what to do next, and the exit code of its kind. */
final class Failures implements IExecutionExceptionHandler {
    private static final int DEFECT = 70;

    @Override
    public int handleExecutionException(Exception trouble, CommandLine command, ParseResult arguments) {
        if (trouble instanceof RegistryException known) {
            command.getErr().println("modelgate: " + known.getMessage() + " " + known.remedy());
            return exitCode(known.kind());
        }
        command.getErr().println("modelgate: " + trouble + ". This is a defect of Modelgate; please report it.");
        return DEFECT;
    }

    private static int exitCode(RegistryException.Kind kind) {
        return switch (kind) {
            case USAGE -> 2;
            case NOT_FOUND -> 4;
            case INTEGRITY -> 5;
            case ENVIRONMENT -> 6;
            case CONFLICT -> 7;
        };
    }
}
