package io.modelgate.host;

import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import java.util.Optional;

/**
 * Merges exactly what was judged on a host that answers when it has merged: looks, asks, looks again, and asks once more while
 * the refusal is one that may pass.
 *
 * @param <P> how the host gives pull requests
 */
public final class MergeLoop<P extends PullRequest> {
    private final HostClient client;
    private final HostedRepository repository;
    private final PullRequests<P> pulls;
    private final Way<P> way;

    /**
     * How a host merges.
     *
     * @param <P> how the host gives pull requests
     */
    public interface Way<P extends PullRequest> {
        /** Asks the host to merge it. */
        Answer ask(P pull, MergeRequest judged);

        /** The commit that the host merged it as, when it has. */
        default Optional<CommitId> merged(P after) {
            return after.merged();
        }

        /** Whether an answer says no to this merge; any other that is not well is a trouble. */
        default boolean isRefusal(Answer answer) {
            return answer.status() == 405 || answer.status() == 409;
        }

        /** Whether a refusal may pass in a moment. */
        boolean mayPass(Answer refusal, P before, P after);

        /** Why the host refused, in its own words. */
        default String words(Answer refusal) {
            return refusal.words();
        }
    }

    public MergeLoop(HostClient client, HostedRepository repository, PullRequests<P> pulls, Way<P> way) {
        this.client = client;
        this.repository = repository;
        this.pulls = pulls;
        this.way = way;
    }

    /** Merges it, or says why not; CONFLICT when it is not open. */
    public MergeResult merge(MergeRequest judged) {
        Backoff backoff = new Backoff();
        while (true) {
            P pull = pulls.at(judged.number());
            pull.state().requireOpen(judged.number());
            Optional<MergeResult> obstacle = pulls.obstacle(pull, judged);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            Answer answer = way.ask(pull, judged);
            P after = pulls.at(judged.number());
            if (answer.ok() || after.state() == Proposal.State.MERGED) {
                return way.merged(after)
                        .map(commit -> repository.merged(judged, commit))
                        .orElseGet(MergeLoop::unfinished);
            }
            if (!way.isRefusal(answer)) {
                client.require(answer, pulls.path(judged.number()));
            }
            if (!way.mayPass(answer, pull, after) || !backoff.again()) {
                return new MergeResult.Refused(way.words(answer));
            }
        }
    }

    /** What a host took and has not done. */
    public static MergeResult unfinished() {
        return new MergeResult.Refused("the host took it, and has not merged it yet");
    }
}
