package io.modelgate.format;

import io.modelgate.format.PickleValue.Thing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stack of a pickle, and what it remembers. */
final class PickleStack {
    private static final int DEEPEST = 1_000_000;
    private static final int REMEMBERED = 500_000;

    private final List<PickleValue> values = new ArrayList<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();
    private long memoized;

    int size() {
        return values.size();
    }

    void push(PickleValue value) throws DamagedException {
        if (values.size() == DEEPEST) {
            throw new DamagedException("It stacks up more than " + DEEPEST + " values; the rest was not read.");
        }
        values.add(value);
    }

    PickleValue pop() throws DamagedException {
        PickleValue top = top();
        values.remove(values.size() - 1);
        return top;
    }

    PickleValue top() throws DamagedException {
        if (values.isEmpty() || values.get(values.size() - 1) == Thing.MARK) {
            throw invalid("it takes a value where there is none");
        }
        return values.get(values.size() - 1);
    }

    /** Removes the topmost, be it a value or a mark. */
    void drop() throws DamagedException {
        if (values.isEmpty()) {
            throw invalid("it takes a value where there is none");
        }
        values.remove(values.size() - 1);
    }

    /** Removes and returns what lies above the topmost mark, and the mark. */
    List<PickleValue> popToMark() throws DamagedException {
        int mark = values.size() - 1;
        while (mark >= 0 && values.get(mark) != Thing.MARK) {
            mark--;
        }
        if (mark < 0) {
            throw invalid("it goes back to a mark where there is none");
        }
        List<PickleValue> above = new ArrayList<>(values.subList(mark + 1, values.size()));
        values.subList(mark, values.size()).clear();
        return above;
    }

    /** Removes and returns the topmost {@code count} values, the lowest first. */
    List<PickleValue> pop(int count) throws DamagedException {
        List<PickleValue> popped = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            popped.add(pop());
        }
        Collections.reverse(popped);
        return popped;
    }

    void memoize() throws DamagedException {
        remember(memoized++);
    }

    /** Remembers the topmost value under a number. What is plain is not kept. */
    void remember(long number) throws DamagedException {
        PickleValue value = top();
        if (value == Thing.OTHER) {
            memo.remove(number);
        } else if (memo.size() < REMEMBERED) {
            memo.put(number, value);
        }
    }

    void recall(long number) throws DamagedException {
        push(memo.getOrDefault(number, Thing.OTHER));
    }

    private static DamagedException invalid(String why) {
        return new DamagedException("It is no valid pickle: " + why + ".");
    }
}
