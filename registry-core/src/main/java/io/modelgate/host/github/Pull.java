package io.modelgate.host.github;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.HubPull;
import io.modelgate.host.Proposal;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.Optional;

/** A pull request as the API gives it (docs.github.com, REST API, "Pull requests"). */
record Pull(Json json) implements HubPull {
    /** Who opened it; whoever closed their account since is {@code ghost}, as the host calls them. */
    @Override
    public UserId author(Accounts accounts) {
        return GithubHost.user(json.at("user"), accounts).orElseGet(() -> new UserId("ghost"));
    }

    /** Whether the host has not found out yet if it can be merged. */
    boolean isUndecided() {
        return json.text("mergeable_state").filter("unknown"::equals).isPresent();
    }

    /** Of an open one the field holds a merge on trial. */
    @Override
    public Optional<CommitId> merged() {
        return state() == Proposal.State.MERGED ? json.commit("merge_commit_sha") : Optional.empty();
    }

    /** In lists there is no {@code merged}, but the time of the merge. */
    @Override
    public Proposal.State state() {
        return json.isTrue("merged") || json.text("merged_at").isPresent()
                ? Proposal.State.MERGED
                : json.text("state").filter("open"::equals).isPresent() ? Proposal.State.OPEN : Proposal.State.CLOSED;
    }

    @Override
    public Optional<String> ownBranch() {
        Optional<Long> from = json.integer("head.repo.id");
        return from.isPresent() && from.equals(json.integer("base.repo.id")) ? json.text("head.ref") : Optional.empty();
    }

    @Override
    public RegistryException without(String field) {
        return RegistryException.environment(
                "The host gives a pull request without '" + field + "'.",
                "Check that it is a GitHub that Modelgate knows (see docs/hosts.md).",
                null);
    }
}
