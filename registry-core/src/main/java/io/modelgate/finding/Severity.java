package io.modelgate.finding;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
    /** The change may not be merged while this stands. */
    BLOCK,
    /** Worth a look; does not stop a merge. */
    WARN,
    /** For information only. */
    NOTE;

    /** The word used in files and reports: {@code block}, {@code warn} or {@code note}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
