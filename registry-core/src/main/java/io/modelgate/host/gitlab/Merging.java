package io.modelgate.host.gitlab;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.MergeLoop;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.MergeResult;
import io.modelgate.host.PullRequests;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.Optional;

/**
 * Merges exactly the head that was judged (GitLab REST API v4, Merge a merge request): the host compares it with the branch as it
 * is then. Whether files conflict, and what becomes of a pipeline whose last status was just set, it finds out a moment later; that
 * is waited for, half a minute at most.
 */
final class Merging {
    private final HostClient client;
    private final HostedRepository repository;
    private final PullRequests<Request> requests;

    Merging(HostClient client, HostedRepository repository, PullRequests<Request> requests) {
        this.client = client;
        this.repository = repository;
        this.requests = requests;
    }

    MergeResult merge(MergeRequest judged) {
        Backoff backoff = new Backoff();
        while (true) {
            Request request = requests.at(judged.number());
            Optional<MergeResult> obstacle = requests.obstacle(request, judged);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            if (request.isUndecided() && backoff.again()) {
                continue;
            }
            Answer answer = client.ask("PUT", requests.path(judged.number()) + "/merge", order(judged));
            Request after = requests.at(judged.number());
            if (after.merged().isPresent()) {
                return repository.merged(judged, after.merged().get());
            }
            if (answer.ok()) {
                return MergeLoop.unfinished();
            }
            boolean mayPass = answer.status() == 405 || answer.status() == 422;
            boolean soon = request.isSettling() || after.isSettling();
            if (!(mayPass && soon && backoff.again())) {
                return refused(answer, judged, after);
            }
        }
    }

    private static String order(MergeRequest judged) {
        return Json.object(
                "sha",
                judged.head().toString(),
                "merge_commit_message",
                judged.message(),
                "squash",
                false,
                "should_remove_source_branch",
                false);
    }

    /** What a refusal means (the page's table of statuses). */
    private MergeResult refused(Answer answer, MergeRequest judged, Request after) {
        return switch (answer.status()) {
            case 409 -> PullRequests.movedHead(judged);
            case 405, 406, 422 ->
                new MergeResult.Refused(
                        answer.words() + (after.mergeability().isEmpty() ? "" : " (" + after.mergeability() + ")"));
            case 401, 403 ->
                throw RegistryException.environment(
                        "The host does not let you merge proposal " + after.number() + " (" + answer.status() + ": "
                                + answer.words() + ").",
                        "Let somebody who may merge do it: 'modelgate doctor' says who that is.",
                        null);
            default ->
                throw RegistryException.environment(
                        "The host did not merge proposal " + after.number() + " (" + answer.status() + ": "
                                + answer.words() + ").",
                        "Try again later.",
                        null);
        };
    }
}
