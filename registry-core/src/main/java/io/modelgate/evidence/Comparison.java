package io.modelgate.evidence;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which groups of an attribute a metric compares. A side of several groups is all their people together.
 *
 * @param attribute the attribute
 * @param left groups that are looked at; empty when all groups are compared
 * @param right groups that they are compared with; empty when all groups are, or the one with the highest rate
 */
public record Comparison(String attribute, Set<String> left, Set<String> right) {
    public Comparison {
        left = Collections.unmodifiableSet(new TreeSet<>(left));
        right = Collections.unmodifiableSet(new TreeSet<>(right));
    }

    /** All groups of an attribute with each other. */
    public static Comparison all(String attribute) {
        return new Comparison(attribute, Set.of(), Set.of());
    }

    /** One group with another. */
    public static Comparison of(String attribute, String left, String right) {
        return new Comparison(attribute, Set.of(left), Set.of(right));
    }

    /** One group with the one that has the highest rate. */
    public static Comparison withHighest(String attribute, String left) {
        return new Comparison(attribute, Set.of(left), Set.of());
    }

    /** Whether the sides are what the metric needs. */
    boolean suits(Sides sides) {
        return switch (sides) {
            case PAIR -> !left.isEmpty() && !right.isEmpty();
            case GROUPS -> left.isEmpty() == right.isEmpty();
            case HIGHEST -> !left.isEmpty() && right.isEmpty();
        };
    }

    /** Whether no group is on both sides. */
    boolean isDisjoint() {
        return Collections.disjoint(left, right);
    }

    /** For people: {@code sex: female / male}. */
    @Override
    public String toString() {
        String sides = left.isEmpty() ? "all groups" : join(left) + " / " + (right.isEmpty() ? "highest" : join(right));
        return attribute + ": " + sides;
    }

    private static String join(Collection<String> groups) {
        return String.join(" + ", List.copyOf(groups));
    }
}
