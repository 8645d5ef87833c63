package io.modelgate.policy;

import io.modelgate.manifest.Fields;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Parts of a dataset: one, such as {@code sex: female}, or all into which attributes divide it.
 *
 * @param exact the one part; everything when empty
 * @param by the attributes; empty when it is one part
 */
record Slices(Map<String, String> exact, List<String> by) {
    Slices {
        exact = Collections.unmodifiableMap(new TreeMap<>(exact));
        by = List.copyOf(by);
    }

    static Slices of(Fields fields) {
        if (fields.has("slice") && fields.has("bySlice")) {
            fields.refuse("bySlice", "The rule has both slice and bySlice.", "Write one of them.");
        }
        return new Slices(fields.textMap("slice"), fields.texts("bySlice"));
    }

    boolean include(Map<String, String> slice) {
        return by.isEmpty() ? slice.equals(exact) : slice.keySet().equals(Set.copyOf(by));
    }

    /** Whether several parts are meant: one alone then says nothing. */
    boolean areSeveral() {
        return !by.isEmpty();
    }

    /** For people, with a space before it: {@code  {sex=female}} or {@code  by sex, age}. */
    @Override
    public String toString() {
        if (areSeveral()) {
            return " by " + String.join(", ", by);
        }
        return exact.isEmpty() ? "" : " " + exact;
    }
}
