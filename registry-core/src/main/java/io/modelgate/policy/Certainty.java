package io.modelgate.policy;

import io.modelgate.evidence.Interval;
import io.modelgate.evidence.IntervalMethod;
import io.modelgate.manifest.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How certain a value must be.
 *
 * @param mode what of the interval must be in the bounds
 * @param level confidence level, such as 0.95
 * @param method how intervals of two groups are computed
 */
record Certainty(Mode mode, double level, IntervalMethod method) {
    private static final double USUAL_LEVEL = 0.95;

    Certainty {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a level is between 0 and 1, such as 0.95");
        }
    }

    /** What must be in the bounds. */
    enum Mode {
        /** The value is in the bounds. */
        POINT,
        /** The whole interval is in the bounds. */
        CI_BOUND,
        /** The interval reaches into the bounds. */
        CI_NOT_SIGNIFICANT;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Mode parse(String word) {
            for (Mode mode : values()) {
                if (mode.word().equals(word)) {
                    return mode;
                }
            }
            throw new IllegalArgumentException("'" + word + "' is no mode: point, ci-bound or ci-not-significant");
        }
    }

    /** Reads {@code mode} and {@code level}; empty, with a finding noted, when the level is none. */
    static Optional<Certainty> of(Fields fields) {
        Mode mode = fields.optionalParsed("mode", Mode::parse).orElse(Mode.POINT);
        double level = fields.optionalNumber("level").map(Number::doubleValue).orElse(USUAL_LEVEL);
        if (!(level > 0 && level < 1)) {
            fields.refuse("level", "level is not between 0 and 1.", "Write 0.95.");
            return Optional.empty();
        }
        return Optional.of(new Certainty(
                mode,
                level,
                fields.optionalParsed("intervals", IntervalMethod::parse).orElse(IntervalMethod.WILSON)));
    }

    boolean isPoint() {
        return mode == Mode.POINT;
    }

    /** Adds how sure an interval must be, where one is asked for. */
    void level(List<String> details) {
        if (!isPoint()) {
            details.add("confidence level " + Shown.number(level));
        }
    }

    /** Whether the bounds hold for what is known of a value. */
    boolean accepts(Bounds bounds, Interval interval) {
        return mode == Mode.CI_BOUND ? bounds.contain(interval) : bounds.touch(interval);
    }

    /** How far what is known of a value is from what it must be, for people: {@code : the interval is off by 0.02}. */
    String offBy(Bounds bounds, Interval interval) {
        double by = mode == Mode.CI_BOUND ? bounds.distance(interval) : bounds.gap(interval);
        return by > 0 ? ": the interval is off by " + Shown.number(by) : "";
    }

    /** The bounds with the mode, for people. */
    String shown(String bounds) {
        return isPoint() ? bounds : bounds + ", " + mode.word();
    }
}
