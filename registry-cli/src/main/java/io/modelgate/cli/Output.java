package io.modelgate.cli;

import io.modelgate.manifest.Node;
import io.modelgate.report.DocumentWriter;
import io.modelgate.report.OutputFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Prints a result: as lines for people, or the same facts as JSON or YAML for programs. */
final class Output {
    private Output() {}

    static void print(Terminal terminal, OutputFormat format, Node.Mapping document, Supplier<List<String>> text) {
        print(terminal, format, document, text, Map.of());
    }

    /** @param also other formats of the verb ({@link Verb#formats}), each the whole of what is printed */
    static void print(
            Terminal terminal,
            OutputFormat format,
            Node.Mapping document,
            Supplier<List<String>> text,
            Map<OutputFormat, Supplier<String>> also) {
        switch (format) {
            case TEXT -> text.get().forEach(terminal::data);
            case JSON -> terminal.out().print(DocumentWriter.json(document));
            case YAML -> terminal.out().print(DocumentWriter.yaml(document));
            default -> {
                Supplier<String> other = also.get(format);
                if (other == null) {
                    throw new IllegalStateException(
                            "formats() of this verb names " + format + ", which it does not print");
                }
                terminal.out().print(other.get());
            }
        }
    }
}
