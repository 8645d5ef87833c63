package io.modelgate.host.bitbucket.cloud;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.MergeRequest;
import io.modelgate.host.MergeResult;
import io.modelgate.host.Proposal;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Merges on a host that is told neither which head nor into what: head and target are looked at right before, and what was merged
 * is compared with what was judged right after.
 */
final class Merging {
    private final HostClient client;
    private final HostedRepository repository;
    private final Heads heads;
    private final String path;

    /** @param path of the pull request in the API */
    Merging(HostClient client, HostedRepository repository, Heads heads, String path) {
        this.client = client;
        this.repository = repository;
        this.heads = heads;
        this.path = path;
    }

    MergeResult merge(MergeRequest request, Supplier<Pull> looking) {
        Backoff backoff = new Backoff();
        while (true) {
            Pull pull = looking.get();
            requireOpen(pull);
            Optional<MergeResult> obstacle = obstacle(pull, request);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            Answer answer = client.ask("POST", path + "/merge", body(request));
            Pull after = looking.get();
            // A merge that takes long is done after the answer.
            while (answer.status() == 202 && after.state() == Proposal.State.OPEN && backoff.again()) {
                after = looking.get();
            }
            if (after.state() == Proposal.State.MERGED) {
                return merged(request, after);
            }
            if (answer.status() == 202) {
                return new MergeResult.Refused("the host took it, and has not merged it yet");
            }
            if (answer.status() != 400 && answer.status() != 409) {
                client.require(answer, path);
            }
            if (answer.status() != 409 || !backoff.again()) {
                return new MergeResult.Refused(answer.words());
            }
        }
    }

    private static void requireOpen(Pull pull) {
        if (pull.state() != Proposal.State.OPEN) {
            throw RegistryException.conflict(
                    "Proposal " + pull.number() + " is " + pull.state().word() + ".",
                    "See what is open: 'modelgate proposals'.");
        }
    }

    /** Why it cannot be merged as it was judged. */
    private Optional<MergeResult> obstacle(Pull pull, MergeRequest request) {
        if (!pull.base().equals(repository.branch())) {
            return Optional.of(new MergeResult.Refused("it asks to be merged into " + pull.base()));
        }
        if (pull.isDraft()) {
            return Optional.of(new MergeResult.Refused("it is a draft"));
        }
        if (!repository.isAt(request.target())) {
            return Optional.of(new MergeResult.Moved("the target branch"));
        }
        return heads.open(pull).equals(Optional.of(request.head()))
                ? Optional.empty()
                : Optional.of(new MergeResult.Moved("the head of proposal " + request.number()));
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
        CommitId commit = after.merged()
                .flatMap(repository::beginningWith)
                .orElseThrow(() -> RegistryException.environment(
                        "The host says that it merged proposal " + request.number()
                                + ", but not as a commit that is here.",
                        "See what is on the target branch: 'modelgate history'.",
                        null));
        return repository.merged(request, commit);
    }
}
