package io.modelgate.host.github;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposalText;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.Optional;

/** A pull request as the API gives it (docs.github.com, REST API, "Pull requests"). */
record Pull(Json json) {
    int number() {
        return Math.toIntExact(json.integer("number").orElseThrow(() -> strange("number")));
    }

    /** Who opened it; whoever closed their account since is {@code ghost}, as the host calls them. */
    UserId author(Accounts accounts) {
        return GithubHost.user(json.at("user"), accounts).orElseGet(() -> new UserId("ghost"));
    }

    CommitId head() {
        return commit("head.sha").orElseThrow(() -> strange("head.sha"));
    }

    /** The branch that it asks to be merged into. */
    String base() {
        return json.text("base.ref").orElseThrow(() -> strange("base.ref"));
    }

    boolean isDraft() {
        return json.isTrue("draft");
    }

    /** Whether the host has not found out yet if it can be merged. */
    boolean isUndecided() {
        return json.text("mergeable_state").filter("unknown"::equals).isPresent();
    }

    /** The commit that the host merged it as. Of an open one the field holds a merge on trial. */
    Optional<CommitId> merged() {
        return state() == Proposal.State.MERGED ? commit("merge_commit_sha") : Optional.empty();
    }

    /** In lists there is no {@code merged}, but the time of the merge. */
    Proposal.State state() {
        return json.isTrue("merged") || json.text("merged_at").isPresent()
                ? Proposal.State.MERGED
                : json.text("state").filter("open"::equals).isPresent() ? Proposal.State.OPEN : Proposal.State.CLOSED;
    }

    /** The name of its branch, if that is in the registry's own repository. */
    Optional<String> ownBranch() {
        Optional<Long> from = json.integer("head.repo.id");
        return from.isPresent() && from.equals(json.integer("base.repo.id")) ? json.text("head.ref") : Optional.empty();
    }

    ProposalText text() {
        String login = json.text("user.login").orElse("");
        String source = ownBranch()
                .map(branch -> HostedRepository.source(login, branch))
                .orElseGet(() -> json.text("head.label").orElse("a fork"));
        return ProposalText.fitting(
                        json.text("title").orElse(""), json.text("body").orElse(""), source)
                .asDraft(isDraft());
    }

    private Optional<CommitId> commit(String field) {
        return json.text(field).filter(sha -> sha.matches("[0-9a-f]{40}")).map(CommitId::new);
    }

    private static RegistryException strange(String field) {
        return RegistryException.environment(
                "The host gives a pull request without '" + field + "'.",
                "Check that it is a GitHub that Modelgate knows (see docs/hosts.md).",
                null);
    }
}
