package io.modelgate.host.gitea;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.HubPull;
import io.modelgate.host.Proposal;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.Optional;

/** A pull request as the API gives it (Gitea API 1.26, {@code PullRequest}). */
record Pull(Json json) implements HubPull {
    @Override
    public UserId author(Accounts accounts) {
        return GiteaHost.user(json.at("user"), accounts).orElseThrow(() -> without("user"));
    }

    @Override
    public Optional<CommitId> merged() {
        return json.commit("merge_commit_sha").filter(sha -> json.isTrue("merged"));
    }

    @Override
    public Proposal.State state() {
        return json.isTrue("merged")
                ? Proposal.State.MERGED
                : json.text("state").filter("open"::equals).isPresent() ? Proposal.State.OPEN : Proposal.State.CLOSED;
    }

    @Override
    public Optional<String> ownBranch() {
        Optional<Long> from = json.integer("head.repo_id").or(() -> json.integer("head.repo.id"));
        Optional<Long> into = json.integer("base.repo_id").or(() -> json.integer("base.repo.id"));
        return from.isPresent() && from.equals(into) ? json.text("head.ref") : Optional.empty();
    }

    @Override
    public RegistryException without(String field) {
        return RegistryException.environment(
                "The host gives a pull request without '" + field + "'.",
                "Check that it is a Gitea or Forgejo that Modelgate knows (see docs/hosts.md).",
                null);
    }
}
