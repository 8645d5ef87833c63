package io.modelgate.importer;

import io.modelgate.finding.Checked;

/** Reads the files of one tool. */
interface ToolImporter {
    /** Whose files. */
    ImportTool tool();

    /** What its files look like, for people. */
    String layout();

    /** Whether the content is one that the tool writes; the name of the file is never looked at. */
    boolean recognises(Source source);

    /** Whether only this tool writes a file such as this one, which is recognised: then the tool need not be named. */
    default boolean isSure(Source source) {
        return true;
    }

    /** Reads a file that is recognised. */
    Checked<Imported> read(Source source, ImportContext context);
}
