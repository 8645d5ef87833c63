package io.modelgate.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What there is to complete after one command: the same facts for every shell, and nothing hidden. */
record Completable(
        List<String> path,
        String description,
        List<OptionSpec> options,
        List<PositionalParamSpec> parameters,
        List<Completable> commands) {

    static Completable of(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        return new Completable(
                List.of(spec.qualifiedName(" ").split(" ")),
                describe(spec.usageMessage().description()),
                spec.options().stream().filter(each -> !each.hidden()).toList(),
                spec.positionalParameters().stream()
                        .filter(each -> !each.hidden())
                        .toList(),
                command.getSubcommands().values().stream()
                        .distinct()
                        .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                        .map(Completable::of)
                        .toList());
    }

    /** This command and all those below it, parents first. */
    Stream<Completable> all() {
        return Stream.concat(Stream.of(this), commands.stream().flatMap(Completable::all));
    }

    String name() {
        return path.get(path.size() - 1);
    }

    static String describe(String... lines) {
        return lines.length == 0
                ? ""
                : Ansi.OFF.string(lines[0]).replaceAll("%n|\\s+", " ").replace("%%", "%");
    }

    static List<String> candidates(ArgSpec arg) {
        Iterable<String> candidates = arg.completionCandidates();
        return candidates == null
                ? List.of()
                : StreamSupport.stream(candidates.spliterator(), false).toList();
    }

    static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    static boolean isFile(ArgSpec arg) {
        Class<?> type = arg.auxiliaryTypes()[0];
        return type == Path.class || type == File.class;
    }
}
