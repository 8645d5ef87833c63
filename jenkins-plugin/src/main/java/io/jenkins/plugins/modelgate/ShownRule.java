package io.jenkins.plugins.modelgate;

import io.modelgate.policy.RuleResult;
import java.io.Serializable;

/** How a rule of a policy was judged, as a build keeps it. */
public final class ShownRule implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String subject;
    private final String outcome;
    private final String title;
    private final String value;
    private final String bound;

    ShownRule(RuleResult rule) {
        this.id = rule.id();
        this.subject = rule.subject();
        this.outcome = rule.outcome().word();
        this.title = rule.line().title();
        this.value = rule.line().value();
        this.bound = rule.line().bound();
    }

    /** {@code policy/rule}. */
    public String getId() {
        return id;
    }

    /** The version that it was judged for. */
    public String getSubject() {
        return subject;
    }

    /** {@code pass}, {@code fail}, {@code pending}, {@code waived} or {@code warn}. */
    public String getOutcome() {
        return outcome;
    }

    public String getTitle() {
        return title;
    }

    /** What was found. */
    public String getValue() {
        return value;
    }

    /** What is required. */
    public String getBound() {
        return bound;
    }
}
