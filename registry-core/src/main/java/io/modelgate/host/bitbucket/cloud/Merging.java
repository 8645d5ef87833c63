package io.modelgate.host.bitbucket.cloud;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.MergeLoop;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.MergeResult;
import io.modelgate.host.Proposal;
import io.modelgate.host.PullRequests;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.Optional;

/**
 * Merges on a host that is told neither which head nor into what: head and target are looked at right before, and what was merged
 * is compared with what was judged right after.
 */
final class Merging {
    private final HostClient client;
    private final HostedRepository repository;
    private final Heads heads;
    private final PullRequests<Pull> pulls;

    Merging(HostClient client, HostedRepository repository, Heads heads, PullRequests<Pull> pulls) {
        this.client = client;
        this.repository = repository;
        this.heads = heads;
        this.pulls = pulls;
    }

    MergeResult merge(MergeRequest request) {
        String path = pulls.path(request.number());
        Backoff backoff = new Backoff();
        while (true) {
            Pull pull = pulls.at(request.number());
            pull.state().requireOpen(request.number());
            Optional<MergeResult> obstacle = obstacle(pull, request);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            Answer answer = client.ask("POST", path + "/merge", body(request));
            Pull after = pulls.at(request.number());
            // A merge that takes long is done after the answer.
            while (answer.status() == 202 && after.state() == Proposal.State.OPEN && backoff.again()) {
                after = pulls.at(request.number());
            }
            if (after.state() == Proposal.State.MERGED) {
                return merged(request, after);
            }
            if (answer.status() == 202) {
                return MergeLoop.unfinished();
            }
            if (answer.status() != 400 && answer.status() != 409) {
                client.require(answer, path);
            }
            if (answer.status() != 409 || !backoff.again()) {
                return new MergeResult.Refused(answer.words());
            }
        }
    }

    /** Why it cannot be merged as it was judged: its head last, since only Git knows the whole of it, after it was asked. */
    private Optional<MergeResult> obstacle(Pull pull, MergeRequest request) {
        Optional<MergeResult> obstacle = pulls.obstacleBesideHead(pull, request);
        return obstacle.isEmpty() && !heads.open(pull).equals(Optional.of(request.head()))
                ? Optional.of(PullRequests.movedHead(request))
                : obstacle;
    }

    private static String body(MergeRequest request) {
        return Json.object(
                "type",
                "pullrequest_merge_parameters",
                "merge_strategy",
                "merge_commit",
                "close_source_branch",
                false,
                "message",
                request.message());
    }

    private MergeResult merged(MergeRequest request, Pull after) {
        repository.freshTarget();
        CommitId commit = after.mergedDigits()
                .flatMap(repository::beginningWith)
                .orElseThrow(() -> RegistryException.environment(
                        "The host says that it merged proposal " + request.number()
                                + ", but not as a commit that is here.",
                        "See what is on the target branch: 'modelgate history'.",
                        null));
        return repository.merged(request, commit);
    }
}
