package io.modelgate.cli;

import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Paths on a command line. An empty one, mostly a variable that was never set, would mean the current folder. */
final class TypedPaths {
    /** The labels of what is a path, or may be one. */
    private static final Set<String> LABELS =
            Set.of("<file>", "<folder>", "<path>", "<where>", "<what>", "<change>", "<policies>", "<card>", "<model>");

    private TypedPaths() {}

    /** Throws unless every path that was typed says something. */
    static void requireSaid(ParseResult parsed) {
        parsed.matchedArgs().stream()
                .filter(arg -> LABELS.contains(arg.paramLabel()))
                .filter(arg -> arg.stringValues().stream().anyMatch(String::isBlank))
                .findFirst()
                .ifPresent(arg -> refuse(parsed, arg));
        if (parsed.hasSubcommand()) {
            requireSaid(parsed.subcommand());
        }
    }

    private static void refuse(ParseResult parsed, ArgSpec arg) {
        String name = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
        throw new ParameterException(
                parsed.commandSpec().commandLine(), name + " is empty; say which, such as . for this folder.");
    }
}
