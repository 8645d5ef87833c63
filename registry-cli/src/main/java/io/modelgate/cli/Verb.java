package io.modelgate.cli;

/** One command: its annotated fields are the options, {@link #run} does the work. */
interface Verb {
    /** Does the work; trouble that the user cannot mend by editing files is a RegistryException. */
    ExitCode run(Terminal terminal);
}
