package io.modelgate.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a pickle would make, as far as it matters: names, and what an array of joblib is described with. Nothing is made. */
sealed interface PickleValue
        permits PickleName,
                PickleValue.Words,
                PickleValue.Whole,
                PickleValue.Tuple,
                PickleValue.Mapping,
                PickleValue.Made,
                PickleValue.Thing {
    /** A text, cut when it is long. */
    record Words(String text) implements PickleValue {}

    record Whole(long number) implements PickleValue {}

    /** A tuple; a long one has lost its end. */
    record Tuple(List<PickleValue> parts) implements PickleValue {
        static final int KEPT = 64;

        public Tuple {
            parts = List.copyOf(parts.subList(0, Math.min(KEPT, parts.size())));
        }
    }

    /** A dictionary, of which a few entries with texts as keys are kept. */
    final class Mapping implements PickleValue {
        static final int KEPT = 64;
        private final Map<String, PickleValue> entries = new HashMap<>();

        void put(PickleValue key, PickleValue value) {
            if (key instanceof Words words && entries.size() < KEPT) {
                entries.put(words.text(), value);
            }
        }

        void putAll(Mapping other) {
            other.entries.forEach((key, value) -> put(new Words(key), value));
        }

        Optional<PickleValue> get(String key) {
            return Optional.ofNullable(entries.get(key));
        }
    }

    /** What calling something gives, and the state that it was given afterwards. */
    final class Made implements PickleValue {
        private final PickleValue callee;
        private final List<PickleValue> arguments;
        private PickleValue state = Thing.OTHER;

        Made(PickleValue callee, List<PickleValue> arguments) {
            this.callee = callee;
            this.arguments = arguments;
        }

        PickleValue callee() {
            return callee;
        }

        List<PickleValue> arguments() {
            return arguments;
        }

        PickleValue state() {
            return state;
        }

        void build(PickleValue with) {
            state = with;
        }
    }

    /** What nothing more needs to be known of. */
    enum Thing implements PickleValue {
        /** The bottom of a list that is being made. */
        MARK,
        OTHER,
        /** Anything: it was not followed where it comes from. */
        UNKNOWN
    }
}
