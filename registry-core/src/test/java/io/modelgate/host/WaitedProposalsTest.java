package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.Author;
import io.modelgate.manifest.SourceFile;
import io.modelgate.policy.Review;
import io.modelgate.promotion.Workplace;
import io.modelgate.store.Progress;
import io.modelgate.watch.Waiting;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for proposals on a host costs it next to nothing while nothing happens. */
class WaitedProposalsTest {
    private static final int MANY = 8;

    @TempDir
    Path folder;

    private PlayedRig rig;
    private final List<Proposal> proposals = new ArrayList<>();
    private Waiting waiting;

    @BeforeEach
    void init() {
        rig = GithubHostTest.rig(folder);
        for (int i = 0; i < MANY; i++) {
            SourceFile described =
                    SourceFile.of("registry.yaml", GithubHostTest.REGISTRY + "description: Of Acme " + i + ".\n");
            proposals.add(rig.open("alice", "describe-" + i, rig.head("alice", described)));
        }
        waiting = new Waiting(new Workplace(
                rig.clone("carol"),
                rig.host("carol"),
                () -> new Author("carol", "carol@acme.example"),
                Clock.systemUTC(),
                folder,
                Progress.NONE));
        proposals.forEach(each -> waiting.add(each.number(), true, ""));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void asksOnceForAllAndReadsNothingButWhatWasTouched() throws InterruptedException {
        assertThat(waiting.look()).hasSize(MANY).allMatch(Waiting.News.Line.class::isInstance);
        Thread.sleep(4_500); // the host's clock has whole seconds
        waiting.look();

        int before = rig.client("carol").requests();
        assertThat(waiting.look()).isEmpty();
        assertThat(waiting.look()).isEmpty();
        assertThat(rig.client("carol").requests() - before).isEqualTo(2);

        Proposal one = proposals.get(3);
        rig.host("bob").review(one.number(), new ReviewDraft(Review.State.APPROVED, "", Optional.of(one.head())));
        rig.played.proposals.get(one.number()).touched = Instant.now().getEpochSecond();
        int quiet = rig.client("carol").requests();
        List<Waiting.News> news = waiting.look();
        assertThat(news)
                .isNotEmpty()
                .anyMatch(each -> each instanceof Waiting.News.Merged merged
                        && merged.number() == one.number()
                        && merged.commit().isPresent());
        assertThat(rig.client("carol").requests() - quiet).isLessThan(24);
    }
}
