package io.modelgate.git;

import java.util.List;

/** What merging two commits gives. */
public sealed interface MergeOutcome {
    /** One tree with the changes of both sides. */
    record Merged(Snapshot result) implements MergeOutcome {}

    /** Both sides changed these paths differently. */
    record Conflicting(List<String> paths) implements MergeOutcome {
        public Conflicting {
            paths = paths.stream().sorted().toList();
        }
    }

    /** The two commits have no common ancestor. */
    record Unrelated() implements MergeOutcome {}
}
