package io.modelgate.finding;

import java.util.Comparator;

/**
 * One thing wrong (or worth knowing), with its place and what to do about it.
 *
 * @param severity how bad it is
 * @param rule stable identifier of the check, such as {@code yaml/duplicate-key} or {@code gate/add-only}; for a policy
 *     rule {@code <policy>/<rule id>}
 * @param place where it is
 * @param message one sentence that says what is wrong, without the place
 * @param remedy one sentence that says what to do next; may be empty for a note
 */
public record Finding(Severity severity, String rule, Place place, String message, String remedy)
        implements Comparable<Finding> {
    /** Made when there are findings to sort: comparators cost milliseconds of start-up. */
    private static final class Order {
        static final Comparator<Finding> NATURAL = Comparator.comparing(Finding::severity)
                .thenComparing(Finding::place)
                .thenComparing(Finding::rule)
                .thenComparing(Finding::message)
                .thenComparing(Finding::remedy);
    }

    public Finding {
        if (rule.isBlank() || message.isBlank()) {
            throw new IllegalArgumentException("a finding needs a rule and a message");
        }
        message = Text.printable(message);
        remedy = Text.printable(remedy);
    }

    /** A finding that stops a merge. */
    public static Finding block(String rule, Place place, String message, String remedy) {
        return new Finding(Severity.BLOCK, rule, place, message, remedy);
    }

    /** A finding that does not stop a merge. */
    public static Finding warn(String rule, Place place, String message, String remedy) {
        return new Finding(Severity.WARN, rule, place, message, remedy);
    }

    /** A finding that does not stop a merge. */
    public static Finding note(String rule, Place place, String message, String remedy) {
        return new Finding(Severity.NOTE, rule, place, message, remedy);
    }

    /** Whether this stops a merge. */
    public boolean blocks() {
        return severity == Severity.BLOCK;
    }

    /** The same finding with another severity. */
    public Finding as(Severity other) {
        return new Finding(other, rule, place, message, remedy);
    }

    @Override
    public int compareTo(Finding other) {
        return Order.NATURAL.compare(this, other);
    }

    /** {@code place: message remedy}, on one line. */
    @Override
    public String toString() {
        String where = place.path().isEmpty() ? "" : place + ": ";
        if (remedy.isEmpty()) {
            return where + message;
        }
        boolean ended = message.endsWith(".") || message.endsWith("?") || message.endsWith("!");
        return where + message + (ended ? " " : ". ") + remedy;
    }
}
