package io.modelgate.cli;

import io.modelgate.report.OutputFormat;
import java.util.EnumSet;
import java.util.Set;

/** One command: its annotated fields are the options, {@link #run} does the work. */
interface Verb {
    /** What has no answer but sentences. */
    Set<OutputFormat> SENTENCES = EnumSet.of(OutputFormat.TEXT);

    /** What answers with a document. */
    Set<OutputFormat> DOCUMENT = EnumSet.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML);

    /** What answers with a verdict. */
    Set<OutputFormat> VERDICT = EnumSet.allOf(OutputFormat.class);

    /** The formats that it writes its answer in; another one is refused before it does anything. */
    default Set<OutputFormat> formats() {
        return DOCUMENT;
    }

    /** Does the work; trouble that the user cannot mend by editing files is a RegistryException. */
    ExitCode run(Terminal terminal);
}
