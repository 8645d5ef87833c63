package io.modelgate.format;

import io.modelgate.format.PickleWalk.Arrays;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * What is loaded when somebody loads again and again from a file that starts with a pickle that does nothing, and that perhaps is
 * none. A pickle may end within a frame, which is not skipped by all loaders.
 */
final class LaterPickles {
    private final Bytes bytes;
    private final Notes notes;
    private final Deque<Long> starts = new ArrayDeque<>();
    private final Set<Long> seen = new HashSet<>();
    private long stepsLeft = PickleWalk.MOST_STEPS;

    LaterPickles(Bytes bytes, Notes notes) {
        this.bytes = bytes;
        this.notes = notes;
    }

    /** Tells the file as a pickle if one of them imports something, or cannot be read to its end here. */
    void readAfter(PickleWalk first) throws DamagedException {
        addAfter(first);
        while (!starts.isEmpty() && notes.format().isEmpty()) {
            read(starts.pop());
        }
    }

    private void read(long start) throws DamagedException {
        PickleWalk next = new PickleWalk(bytes, start, Arrays.ALL, notes);
        try {
            next.run(stepsLeft);
        } catch (DamagedException e) {
            stepsLeft -= next.steps();
            if (next.acts() || e.isUnread()) {
                notes.is(Format.PICKLE);
                throw e;
            }
            return;
        }
        stepsLeft -= next.steps() + 1;
        if (next.imports() || next.acts()) {
            notes.is(Format.PICKLE);
        }
        addAfter(next);
    }

    private void addAfter(PickleWalk walk) {
        if (seen.add(walk.end())) {
            starts.push(walk.end());
        }
        if (seen.add(walk.endInFrame())) {
            starts.push(walk.endInFrame());
        }
    }
}
