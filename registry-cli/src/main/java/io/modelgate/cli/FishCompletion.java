package io.modelgate.cli;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes completions for fish: one {@code complete} per command, option and parameter. */
final class FishCompletion {
    private FishCompletion() {}

    static String of(CommandLine root) {
        String name = root.getCommandName();
        List<Completable> all = Completable.of(root).all().toList();
        String paths = all.stream()
                .filter(at -> at.path().size() > 1)
                .map(at -> " " + quote(below(at)))
                .collect(joining());
        return """
                function __%1$s_at --description 'Is this the command that is being typed?'
                    set -l paths%2$s
                    set -l at
                    for word in (commandline -opc)[2..-1]
                        contains -- (string join -- ' ' $at $word) $paths; and set -a at $word
                    end
                    test "$at" = "$argv"
                end

                complete -c %1$s -f
                """.formatted(name, paths)
                + all.stream().flatMap(at -> lines(name, at).stream()).collect(joining("\n", "", "\n"));
    }

    private static List<String> lines(String name, Completable at) {
        String start = "complete -c " + name + " -n " + quote(("__" + name + "_at " + below(at)).strip());
        List<String> lines = new ArrayList<>();
        at.commands().forEach(sub -> lines.add(start + " -a " + sub.name() + description(sub.description())));
        at.options()
                .forEach(option -> lines.add(start
                        + names(option)
                        + value(option)
                        + description(Completable.describe(option.description()))));
        at.parameters().stream()
                .map(FishCompletion::positional)
                .filter(each -> !each.isEmpty())
                .forEach(each -> lines.add(start + each));
        return lines;
    }

    private static String below(Completable at) {
        return String.join(" ", at.path().subList(1, at.path().size()));
    }

    private static String names(OptionSpec option) {
        return List.of(option.names()).stream()
                .map(each -> each.startsWith("--")
                        ? " -l " + each.substring(2)
                        : (each.length() == 2 ? " -s " : " -o ") + each.substring(1))
                .collect(joining());
    }

    private static String value(OptionSpec option) {
        if (!Completable.takesValue(option)) {
            return "";
        }
        return Completable.isFile(option) ? " -r -F" : " -x" + candidates(option);
    }

    private static String positional(PositionalParamSpec param) {
        return Completable.isFile(param) ? " -F" : candidates(param);
    }

    private static String candidates(ArgSpec arg) {
        List<String> candidates = Completable.candidates(arg);
        return candidates.isEmpty() ? "" : " -a " + quote(String.join(" ", candidates));
    }

    private static String description(String text) {
        return text.isEmpty() ? "" : " -d " + quote(text);
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
