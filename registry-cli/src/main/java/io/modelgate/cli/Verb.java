package io.modelgate.cli;

import io.modelgate.report.OutputFormat;
import java.util.Set;

/** One command: its annotated fields are the options, {@link #run} does the work. */
interface Verb {
    /** What has no answer but sentences. */
    Set<OutputFormat> SENTENCES = Set.of(OutputFormat.TEXT);

    /** What answers with a document. */
    Set<OutputFormat> DOCUMENT = Set.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML);

    /** What answers with a verdict. */
    Set<OutputFormat> VERDICT = Set.of(OutputFormat.values());

    /** The formats that it writes its answer in; another one is refused before it does anything. */
    default Set<OutputFormat> formats() {
        return DOCUMENT;
    }

    /** The same where that depends on what the arguments name. */
    default Set<OutputFormat> formats(Terminal terminal) {
        return formats();
    }

    /** Does the work; trouble that the user cannot mend by editing files is a RegistryException. */
    ExitCode run(Terminal terminal);
}
