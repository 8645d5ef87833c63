package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import java.util.Optional;

/** A pull request as GitHub's API has it, and Gitea's after it: the fields that are the same on both. */
public interface HubPull extends PullRequest {
    /** What is wrong when a field is not there that every pull request has. */
    RegistryException without(String field);

    @Override
    default int number() {
        return Math.toIntExact(json().integer("number").orElseThrow(() -> without("number")));
    }

    @Override
    default String opener(Accounts accounts) {
        return json().text("user.login").orElse("");
    }

    /** The commit that asks to be merged. */
    default CommitId head() {
        return json().commit("head.sha").orElseThrow(() -> without("head.sha"));
    }

    @Override
    default Optional<CommitId> knownHead() {
        return Optional.of(head());
    }

    @Override
    default String base() {
        return json().text("base.ref").orElseThrow(() -> without("base.ref"));
    }

    @Override
    default String fork() {
        return json().text("head.label").orElse("a fork");
    }

    @Override
    default String description() {
        return json().text("body").orElse("");
    }
}
