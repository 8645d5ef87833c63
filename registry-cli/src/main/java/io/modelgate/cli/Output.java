package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Node;
import io.modelgate.report.DocumentWriter;
import io.modelgate.report.OutputFormat;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** Prints a result: as lines for people, or the same facts as JSON or YAML for programs. */
final class Output {
    private Output() {}

    static void print(Terminal terminal, OutputFormat format, Node.Mapping document, Supplier<List<String>> text) {
        print(terminal, format, document, text, Map.of());
    }

    /** @param also other formats, each the whole of what is printed */
    static void print(
            Terminal terminal,
            OutputFormat format,
            Node.Mapping document,
            Supplier<List<String>> text,
            Map<OutputFormat, Supplier<String>> also) {
        require(format, also.keySet());
        switch (format) {
            case TEXT -> text.get().forEach(terminal::data);
            case JSON -> terminal.out().print(DocumentWriter.json(document));
            case YAML -> terminal.out().print(DocumentWriter.yaml(document));
            default ->
                terminal.out()
                        .print(Objects.requireNonNull(also.get(format), format::name)
                                .get());
        }
    }

    /** USAGE for another format than text, JSON, YAML and these; for whoever works long before there is something to print. */
    static void require(OutputFormat format, Set<OutputFormat> also) {
        Set<OutputFormat> known = EnumSet.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML);
        known.addAll(also);
        if (!known.contains(format)) {
            List<String> words = known.stream().map(OutputFormat::toString).toList();
            throw RegistryException.usage(
                    "This command does not write " + format + ".",
                    "Choose " + String.join(", ", words.subList(0, words.size() - 1)) + " or "
                            + words.get(words.size() - 1) + ".");
        }
    }
}
