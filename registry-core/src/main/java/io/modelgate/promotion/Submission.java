package io.modelgate.promotion;

import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How submitting a change ended.
 *
 * @param summary one line: what was asked for
 * @param verdict what the gate says; empty when there was nothing to do
 * @param proposal the number of the proposal; empty when none was opened
 * @param merged the merge commit; empty when it was not merged
 */
public record Submission(String summary, Optional<Verdict> verdict, OptionalInt proposal, Optional<CommitId> merged) {
    /** There was nothing to do. */
    static Submission nothing(String why) {
        return new Submission(why, Optional.empty(), OptionalInt.empty(), Optional.empty());
    }
}
