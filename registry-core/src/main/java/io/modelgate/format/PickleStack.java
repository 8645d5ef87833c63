package io.modelgate.format;

import io.modelgate.format.PickleValue.Thing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stack of a pickle, and what it remembers. */
final class PickleStack {
    private static final int DEEPEST = 1_000_000;
    private static final int REMEMBERED = 500_000;

    private final List<PickleValue> values = new ArrayList<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();
    private long memoized;
    private boolean numbered;
    private boolean full;
    private boolean lost;

    int size() {
        return values.size();
    }

    void push(PickleValue value) throws DamagedException {
        if (values.size() == DEEPEST) {
            throw DamagedException.unread("It stacks up more than " + DEEPEST + " values; the rest was not read.");
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

    /** Remembers the topmost value under the number of how many are remembered. */
    void memoize() throws DamagedException {
        if (numbered) {
            lose();
        }
        keep(memoized++);
    }

    /** Remembers the topmost value under a number. */
    void remember(Optional<Long> number) throws DamagedException {
        numbered = true;
        if (number.isEmpty()) {
            lose();
        }
        keep(number.orElse(0L));
    }

    /** What is plain is not kept. */
    private void keep(long number) throws DamagedException {
        PickleValue value = top();
        if (lost) {
            return;
        }
        if (value == Thing.OTHER) {
            memo.remove(number);
        } else if (memo.size() < REMEMBERED || memo.containsKey(number)) {
            memo.put(number, value);
        } else {
            full = true;
        }
    }

    /** From here on nothing is known of what Python remembers under which number. */
    private void lose() {
        lost = true;
        memo.clear();
    }

    void recall(Optional<Long> number) throws DamagedException {
        if (number.isEmpty() && !lost) {
            throw invalid("it recalls what it does not remember");
        }
        push(memo.getOrDefault(number.orElse(0L), lost || full ? Thing.UNKNOWN : Thing.OTHER));
    }

    private static DamagedException invalid(String why) {
        return new DamagedException("It is no valid pickle: " + why + ".");
    }
}
