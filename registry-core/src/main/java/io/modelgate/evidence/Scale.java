package io.modelgate.evidence;

/** Which values a metric can have, and which one is perfect fairness. */
enum Scale {
    /** A difference with a sign. */
    DIFFERENCE(0, -1, 1),
    /** A difference without a sign. */
    RANGE(0, 0, 1),
    /** A ratio of two sides. */
    RATIO(1, 0, Double.POSITIVE_INFINITY),
    /** A ratio to the highest. */
    SHARE(1, 0, 1);

    private static final double ROUNDING = 1e-9;

    private final double ideal;
    private final double lowest;
    private final double highest;

    Scale(double ideal, double lowest, double highest) {
        this.ideal = ideal;
        this.lowest = lowest;
        this.highest = highest;
    }

    double ideal() {
        return ideal;
    }

    /** Whether a value of this kind can be so, rounding aside. */
    boolean allows(double value) {
        return value >= lowest - ROUNDING && value <= highest + ROUNDING;
    }

    /** The values it allows, for people. */
    String text() {
        return highest < Double.POSITIVE_INFINITY
                ? "between %d and %d".formatted((int) lowest, (int) highest)
                : "%d or more".formatted((int) lowest);
    }
}
