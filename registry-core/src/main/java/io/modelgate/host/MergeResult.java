package io.modelgate.host;

import io.modelgate.finding.Text;
import io.modelgate.git.CommitId;

/** What became of a merge. */
public sealed interface MergeResult {
    /** It is on the target branch. */
    record Merged(CommitId commit) implements MergeResult {}

    /** It is on the target branch, but the host merged it into another commit than was judged, which moved in that moment. */
    record MergedOnto(CommitId commit, CommitId target) implements MergeResult {}

    /** Head or target moved in between: judge again. */
    record Moved(String what) implements MergeResult {}

    /** The host said no, in these words. */
    record Refused(String why) implements MergeResult {
        private static final int LONGEST = 4_000;

        public Refused {
            why = Text.said(why, LONGEST);
        }
    }
}
