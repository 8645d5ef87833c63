package io.modelgate.host;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Commits of a proposal that stand for all of them: every address of an author or committer is in one of these. A host that tells
 * whose the addresses in these are has told it of all.
 *
 * @param all how many commits the proposal has
 * @param complete whether all were looked at here; else these stand for nothing
 * @param ids the fewest that are easily found
 */
public record SampledCommits(int all, boolean complete, List<CommitId> ids) {
    public SampledCommits {
        ids = List.copyOf(ids);
    }

    /** @param most how many are looked at; the commits may be one more, as a sign that there are more */
    static SampledCommits of(List<CommitFacts> commits, int most) {
        Set<String> addresses = new TreeSet<>();
        List<CommitId> ids = new ArrayList<>();
        for (CommitFacts commit : commits) {
            boolean isNew = addresses.add(commit.author().email());
            isNew |= addresses.add(commit.committer().email());
            if (isNew || !isPlain(commit.author()) || !isPlain(commit.committer())) {
                ids.add(commit.id());
            }
        }
        return new SampledCommits(commits.size(), commits.size() <= most, ids);
    }

    /** Two addresses that read the same here may be other bytes for the host, unless they are ASCII. */
    private static boolean isPlain(CommitFacts.Signature person) {
        return person.email().chars().allMatch(unit -> unit > ' ' && unit < 0x7f);
    }

    /** Whether asking for each of these takes fewer requests than a list of all, of which the host gives so many at once. */
    boolean areFewerThanPages(int page) {
        return complete && ids.size() < (all + page - 1) / page;
    }
}
