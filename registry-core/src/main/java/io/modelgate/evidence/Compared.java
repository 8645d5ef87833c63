package io.modelgate.evidence;

import java.util.List;

/**
 * The people that a metric compares.
 *
 * @param left all of the left side together; nobody when there is no left side
 * @param right all of the right side together; nobody when there is no right side
 * @param groups each group that a maximum or minimum runs over; groups without people are left out
 */
record Compared(Confusion left, Confusion right, List<Confusion> groups) {
    Compared {
        groups = List.copyOf(groups);
    }

    /** Two sides, which are also the groups; a side without people stays, so that a rate of it is undefined. */
    static Compared pair(Confusion left, Confusion right) {
        return new Compared(left, right, List.of(left, right));
    }

    /** All groups with each other, or one side with them. */
    static Compared groups(Confusion left, List<Confusion> groups) {
        return new Compared(
                left,
                Confusion.NOBODY,
                groups.stream().filter(each -> !each.isEmpty()).toList());
    }

    /** The same groups with another left side. */
    Compared with(Confusion side) {
        return new Compared(side, right, groups);
    }
}
