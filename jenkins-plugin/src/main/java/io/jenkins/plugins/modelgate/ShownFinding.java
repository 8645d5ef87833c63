package io.jenkins.plugins.modelgate;

import io.modelgate.finding.Finding;
import java.io.Serializable;

/** A finding as a build keeps it. */
public final class ShownFinding implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String severity;
    private final String rule;
    private final String place;
    private final String message;
    private final String remedy;

    ShownFinding(Finding finding) {
        this.severity = finding.severity().word();
        this.rule = finding.rule();
        this.place = finding.place().toString();
        this.message = finding.message();
        this.remedy = finding.remedy();
    }

    /** {@code block}, {@code warn} or {@code note}. */
    public String getSeverity() {
        return severity;
    }

    public String getRule() {
        return rule;
    }

    /** {@code path:line:column}; empty when it is about no file. */
    public String getPlace() {
        return place;
    }

    public String getMessage() {
        return message;
    }

    public String getRemedy() {
        return remedy;
    }
}
