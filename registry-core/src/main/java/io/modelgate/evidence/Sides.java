package io.modelgate.evidence;

/** What a metric compares. */
public enum Sides {
    /** A set of groups on the left with a set of groups on the right. */
    PAIR,
    /** All groups of an attribute with each other; a report may also give a left and a right set, which then are the groups. */
    GROUPS,
    /** A set of groups on the left with the group that has the highest rate; a report gives no right side. */
    HIGHEST
}
