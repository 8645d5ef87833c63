package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
    static List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        collect(Main.commandLine(), List.of(), commands);
        return commands;
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> commands) {
        commands.add(path);
        line.getSubcommands().forEach((name, sub) -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(name);
            collect(sub, deeper, commands);
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void tellsHowEveryCommandIsUsed(List<String> path) {
        for (String word : List.of("--help", "-h")) {
            List<String> typed = new ArrayList<>(path);
            typed.add(word);
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();

            int code = Main.run(new PrintWriter(out), new PrintWriter(err), typed.toArray(new String[0]));

            assertThat(err.toString()).isEmpty();
            assertThat(code).isZero();
            assertThat(out.toString())
                    .startsWith("Usage: modelgate" + (path.isEmpty() ? "" : " " + String.join(" ", path)));
        }
    }
}
