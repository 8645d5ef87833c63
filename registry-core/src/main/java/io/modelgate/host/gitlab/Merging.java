package io.modelgate.host.gitlab;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.MergeResult;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Merges exactly the head that was judged (GitLab REST API v4, Merge a merge request): the host compares it with the branch as it
 * is then. Whether files conflict, and what becomes of a pipeline whose last status was just set, it finds out a moment later; that
 * is waited for, half a minute at most.
 */
final class Merging {
    private final HostClient client;
    private final HostedRepository repository;
    private final IntFunction<Request> requests;

    /** @param requests gives a merge request as it is now */
    Merging(HostClient client, HostedRepository repository, IntFunction<Request> requests) {
        this.client = client;
        this.repository = repository;
        this.requests = requests;
    }

    /** @param path of the merge request in the API */
    MergeResult merge(MergeRequest judged, String path) {
        Backoff backoff = new Backoff();
        while (true) {
            Request request = requests.apply(judged.number());
            Optional<MergeResult> obstacle = obstacle(request, judged);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            if (request.isUndecided() && backoff.again()) {
                continue;
            }
            Answer answer = client.ask("PUT", path + "/merge", order(judged));
            Request after = requests.apply(judged.number());
            if (after.merged().isPresent()) {
                return repository.merged(judged, after.merged().get());
            }
            if (answer.ok()) {
                return new MergeResult.Refused("the host took it, and has not merged it yet");
            }
            boolean mayPass = answer.status() == 405 || answer.status() == 422;
            boolean soon = request.isSettling() || after.isSettling();
            if (!(mayPass && soon && backoff.again())) {
                return refused(answer, after);
            }
        }
    }

    private Optional<MergeResult> obstacle(Request request, MergeRequest judged) {
        if (!request.knownHead().equals(Optional.of(judged.head()))) {
            return Optional.of(new MergeResult.Moved("the head of proposal " + judged.number()));
        }
        if (!request.base().equals(repository.branch())) {
            return Optional.of(new MergeResult.Refused("it asks to be merged into " + request.base()));
        }
        if (request.isDraft()) {
            return Optional.of(new MergeResult.Refused("it is a draft"));
        }
        return repository.isAt(judged.target())
                ? Optional.empty()
                : Optional.of(new MergeResult.Moved("the target branch"));
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
    private MergeResult refused(Answer answer, Request after) {
        return switch (answer.status()) {
            case 409 -> new MergeResult.Moved("the head of proposal " + after.number());
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
