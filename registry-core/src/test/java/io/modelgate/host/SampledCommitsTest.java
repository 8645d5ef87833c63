package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampledCommitsTest {
    private final List<CommitFacts> commits = new ArrayList<>();

    private CommitId add(String author, String committer) {
        CommitId id = new CommitId(String.format("%040x", commits.size()));
        commits.add(new CommitFacts(
                id,
                List.of(),
                "",
                new CommitFacts.Signature("a", author),
                new CommitFacts.Signature("c", committer),
                Instant.EPOCH));
        return id;
    }

    private List<CommitId> sample() {
        return SampledCommits.of(commits, 1_000).ids();
    }

    @Test
    void takesOneCommitOfEachAddressWhicheverOfTheTwoHasIt() {
        CommitId first = add("alice@acme.example", "alice@acme.example");
        add("alice@acme.example", "alice@acme.example");
        CommitId committed = add("alice@acme.example", "bob@acme.example");
        add("bob@acme.example", "alice@acme.example");
        CommitId otherCase = add("Alice@acme.example", "bob@acme.example");

        assertThat(sample()).containsExactly(first, committed, otherCase);
    }

    @Test
    void takesEveryCommitWithAnAddressThatTheHostMayReadOtherwise() {
        add("ä@acme.example", "ä@acme.example");
        add("ä@acme.example", "ä@acme.example");

        assertThat(sample()).hasSize(2);
    }

    @Test
    void isAskedForOnlyWhereThatIsLess() {
        for (int i = 0; i < 120; i++) {
            add("alice@acme.example", (i == 7 ? "bob" : "alice") + "@acme.example");
        }

        SampledCommits sampled = SampledCommits.of(commits, 1_000);

        assertThat(sampled.ids()).hasSize(2);
        assertThat(sampled.areFewerThanPages(50)).isTrue();
        assertThat(sampled.areFewerThanPages(100)).isFalse();
        assertThat(SampledCommits.of(commits, 119).areFewerThanPages(50)).isFalse();
    }
}
