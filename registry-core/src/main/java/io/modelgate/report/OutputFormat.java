package io.modelgate.report;

import io.modelgate.manifest.Words;

/** How results are written. */
public enum OutputFormat {
    /** For people in a terminal. */
    TEXT,
    /** For programs; the fields are documented and only ever added to. */
    JSON,
    /** The same fields as JSON. */
    YAML,
    /** For the comment on a proposal. */
    MARKDOWN,
    /** For code scanning: SARIF 2.1.0. */
    SARIF,
    /** For CI servers: JUnit XML. */
    JUNIT,
    /** For GitLab, which shows it beside the lines of a merge request: a Code Quality report. */
    CODE_QUALITY;

    /** The word that users write. */
    @Override
    public String toString() {
        return Words.of(this);
    }
}
