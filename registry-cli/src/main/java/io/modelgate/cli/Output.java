package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Node;
import io.modelgate.report.DocumentWriter;
import io.modelgate.report.OutputFormat;
import java.util.List;
import java.util.function.Supplier;

/** Prints a result: as lines for people, or the same facts as JSON or YAML for programs. */
final class Output {
    private Output() {}

    static void print(Terminal terminal, OutputFormat format, Node.Mapping document, Supplier<List<String>> text) {
        switch (format) {
            case TEXT -> text.get().forEach(terminal::data);
            case JSON -> terminal.out().print(DocumentWriter.json(document));
            case YAML -> terminal.out().print(DocumentWriter.yaml(document));
            default ->
                throw RegistryException.usage(
                        "This command does not write " + format.name().toLowerCase(java.util.Locale.ROOT) + ".",
                        "Choose text, json or yaml.");
        }
    }
}
