package io.modelgate.cli;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes a completion function for zsh: one {@code _arguments} per command. */
final class ZshCompletion {
    private ZshCompletion() {}

    static String of(CommandLine root) {
        String name = root.getCommandName();
        return Completable.of(root)
                .all()
                .map(ZshCompletion::function)
                .collect(joining(
                        "\n",
                        "#compdef " + name + "\n\n",
                        "\nif [ \"$funcstack[1]\" = _" + name + " ]; then\n    _" + name
                                + " \"$@\"\nelse\n    compdef _" + name + " " + name + "\nfi\n"));
    }

    private static String function(Completable at) {
        List<String> specs = new ArrayList<>();
        at.options().forEach(option -> specs.add(option(option)));
        if (at.commands().isEmpty()) {
            at.parameters().stream().forEach(each -> specs.add(positional(each)));
        } else {
            specs.add("'1: :->command'");
            specs.add("'*:: :->arguments'");
        }
        String body = "    _arguments -C"
                + specs.stream().map(each -> " \\\n        " + each).collect(joining()) + "\n";
        return functionName(at) + "() {\n    local curcontext=\"$curcontext\" state line\n    typeset -A opt_args\n"
                + body + (at.commands().isEmpty() ? "" : dispatch(at)) + "}\n";
    }

    private static String dispatch(Completable at) {
        return "    case $state in\n        command)\n            local -a commands=(\n"
                + at.commands().stream()
                        .map(sub -> "                " + quote(sub.name().replace(":", "\\:") + ":" + sub.description())
                                + "\n")
                        .collect(joining())
                + "            )\n            _describe command commands\n            ;;\n"
                + "        arguments)\n            case $line[1] in\n"
                + at.commands().stream()
                        .map(sub -> "                " + sub.name() + ") " + functionName(sub) + " ;;\n")
                        .collect(joining())
                + "            esac\n            ;;\n    esac\n";
    }

    private static String functionName(Completable at) {
        return "_" + String.join("__", at.path());
    }

    private static String option(OptionSpec option) {
        List<String> names = Stream.of(option.names())
                .map(name -> name + (Completable.takesValue(option) ? name.startsWith("--") ? "=" : "+" : ""))
                .toList();
        String again = option.isMultiValue() ? "*" : "(" + String.join(" ", option.names()) + ")";
        String text = "[" + escape(Completable.describe(option.description())) + "]" + value(option);
        return names.size() == 1
                ? quote(again + names.get(0) + text)
                : quote(again) + "{" + String.join(",", names) + "}" + quote(text);
    }

    private static String value(OptionSpec option) {
        return Completable.takesValue(option) ? ":" + escape(option.paramLabel()) + ":" + action(option) : "";
    }

    private static String positional(PositionalParamSpec param) {
        boolean many =
                param.arity().max() > 1 || param.index().max() > param.index().min();
        return quote((many ? "*" : "") + ":" + escape(param.paramLabel()) + ":" + action(param));
    }

    private static String action(ArgSpec arg) {
        List<String> candidates = Completable.candidates(arg);
        if (!candidates.isEmpty()) {
            return "(" + String.join(" ", candidates) + ")";
        }
        return Completable.isFile(arg) ? "_files" : " ";
    }

    private static String escape(String text) {
        return text.replaceAll("([\\[\\]:\\\\])", "\\\\$1");
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
