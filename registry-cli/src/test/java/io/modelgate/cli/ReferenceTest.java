package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The reference of the commands is made from the commands themselves. */
class ReferenceTest {
    private static final Path REFERENCE = Path.of("../docs/reference/cli.md");

    @Test
    void saysWhatTheCommandsAre() throws Exception {
        String reference = reference();
        if (Boolean.getBoolean("modelgate.regenerate")) {
            Files.writeString(REFERENCE, reference);
        }
        assertThat(Files.readString(REFERENCE))
                .as("Write it anew: mvn -q -pl registry-cli -am test -Dtest=ReferenceTest -Dmodelgate.regenerate=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(reference);
    }

    private static String reference() {
        List<String> lines = new ArrayList<>();
        lines.add("<!-- Generated from the commands by ReferenceTest; do not edit. -->");
        lines.add("# Commands");
        lines.add("");
        lines.add("| exit code | means |");
        lines.add("|---|---|");
        for (ExitCode code : ExitCode.values()) {
            lines.add("| " + code.number() + " | " + code.meaning() + " |");
        }
        add(Verbs.tree(), lines);
        return String.join("\n", lines) + "\n";
    }

    private static void add(CommandLine command, List<String> lines) {
        command.setUsageHelpWidth(100);
        lines.add("");
        lines.add("## " + command.getCommandSpec().qualifiedName());
        lines.add("");
        lines.add("```");
        command.getUsageMessage(Ansi.OFF).replace("\r", "").lines().forEach(line -> lines.add(line.stripTrailing()));
        lines.add("```");
        command.getSubcommands().values().stream()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .forEach(each -> add(each, lines));
    }
}
