package io.modelgate.report;

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
    JUNIT
}
