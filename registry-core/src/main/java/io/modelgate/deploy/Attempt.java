package io.modelgate.deploy;

import io.modelgate.manifest.Fields;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How handing over goes.
 *
 * @param state how far it is
 * @param at since when, to the second
 * @param until while it is started: until when no other run touches it
 * @param run who does it, such as the address of a build
 * @param note why it failed
 */
public record Attempt(State state, Instant at, Optional<Instant> until, Optional<String> run, Optional<String> note) {
    /** Longer than the longest time that a target may give a version. */
    private static final Duration LONGEST = Duration.ofHours(30);

    /** How far a deployment is. */
    public enum State {
        /** It is to be handed over. */
        PLANNED,
        /** It is being handed over. */
        STARTED,
        /** It was handed over and is healthy. */
        LIVE,
        /** It was not; the next run tries again. */
        FAILED
    }

    static Attempt planned(Instant now) {
        return new Attempt(State.PLANNED, now, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether another run than this has it in hand now. A record that claims more time than any run may have claims nothing. */
    boolean isHeldFrom(String other, Instant now) {
        boolean running = until.filter(now::isBefore)
                .filter(end -> end.isBefore(now.plus(LONGEST)))
                .isPresent();
        return state == State.STARTED && running && !run.equals(Optional.of(other));
    }

    /** Reads the fields; empty, with findings noted, when something is wrong. */
    static Optional<Attempt> of(Fields fields) {
        Optional<State> state = fields.parsed("state", word -> Words.parse(State.class, word));
        Optional<Instant> at = fields.optionalInstant("at");
        Optional<Instant> until = fields.optionalInstant("until");
        Optional<String> run = fields.optionalText("run");
        Optional<String> note = fields.optionalText("note");
        return state.flatMap(known -> at.map(since -> new Attempt(known, since, until, run, note)));
    }

    void write(MappingBuilder fields) {
        fields.text("state", state)
                .text("at", at)
                .text("until", until)
                .text("run", run)
                .text("note", note);
    }
}
