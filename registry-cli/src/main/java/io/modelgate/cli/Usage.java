package io.modelgate.cli;

import io.modelgate.finding.Text;
import io.modelgate.manifest.Suggestion;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line and what was probably meant. */
final class Usage {
    private Usage() {}

    static ExitCode complain(Terminal terminal, ParameterException problem) {
        CommandLine line = problem.getCommandLine();
        terminal.say("modelgate: " + Text.excerpt(String.valueOf(problem.getMessage()), 400));
        List<String> nearest =
                problem instanceof UnmatchedArgumentException unmatched ? nearest(unmatched, line) : List.of();
        if (!nearest.isEmpty()) {
            terminal.say("  Did you mean " + String.join(" or ", nearest) + "?");
        }
        terminal.say("  '" + line.getCommandSpec().qualifiedName() + " --help' shows how it is used.");
        return ExitCode.USAGE;
    }

    private static List<String> nearest(UnmatchedArgumentException unmatched, CommandLine line) {
        String typed = unmatched.getUnmatched().isEmpty()
                ? ""
                : unmatched.getUnmatched().get(0);
        Stream<String> words = typed.startsWith("-")
                ? unmatched.getSuggestions().stream()
                : Suggestion.nearest(typed, line.getSubcommands().keySet()).stream();
        return words.limit(3)
                .map(word -> "'" + line.getCommandSpec().qualifiedName() + " " + word + "'")
                .toList();
    }
}
