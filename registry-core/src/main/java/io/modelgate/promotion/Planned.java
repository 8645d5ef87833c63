package io.modelgate.promotion;

import java.util.Optional;

/** The outcome of planning: work, or nothing to do and why. */
public sealed interface Planned {
    /** The work, if there is any. */
    Optional<Plan> plan();

    /** One sentence for people. */
    String summary();

    /** Something is to be done. */
    record Work(Plan work) implements Planned {
        @Override
        public Optional<Plan> plan() {
            return Optional.of(work);
        }

        @Override
        public String summary() {
            return work.title();
        }
    }

    /** Everything is as it should be already. */
    record Nothing(String summary) implements Planned {
        @Override
        public Optional<Plan> plan() {
            return Optional.empty();
        }
    }
}
