package io.modelgate.host.gitlab;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Proposal;
import io.modelgate.host.PullRequest;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.Optional;
import java.util.Set;

/** A merge request as the API gives it (GitLab REST API v4, Merge requests). */
record Request(Json json) implements PullRequest {
    /** While the host has not yet looked whether it can be merged. */
    private static final Set<String> UNDECIDED = Set.of("unchecked", "checking", "preparing", "approvals_syncing");

    @Override
    public int number() {
        return Math.toIntExact(json.integer("iid").orElseThrow(() -> strange("iid")));
    }

    @Override
    public UserId author(Accounts accounts) {
        return Users.user(json.at("author"), accounts).orElseThrow(() -> strange("author"));
    }

    CommitId head() {
        return knownHead().orElseThrow(() -> strange("sha"));
    }

    /** The head; empty while the host prepares a new merge request. */
    @Override
    public Optional<CommitId> knownHead() {
        return json.commit("sha");
    }

    @Override
    public String base() {
        return json.text("target_branch").orElseThrow(() -> strange("target_branch"));
    }

    /** The branch that it comes from, in whatever project. */
    String branch() {
        return json.text("source_branch").orElseThrow(() -> strange("source_branch"));
    }

    /** The number of the project that its branch is in; empty when that is gone. */
    Optional<Long> sourceProject() {
        return json.integer("source_project_id");
    }

    @Override
    public boolean isDraft() {
        return json.isTrue("draft") || json.isTrue("work_in_progress");
    }

    /** The ref whose pipeline a status of the head belongs to; the branch of a fork may have the name of one here. */
    String statusRef() {
        return ownBranch().orElseGet(this::headRef);
    }

    /** The ref that the host keeps for its head, wherever its branch is. */
    String headRef() {
        return "refs/merge-requests/" + number() + "/head";
    }

    boolean isUndecided() {
        return UNDECIDED.contains(mergeability());
    }

    /** Whether that, or what became of its pipeline, may be seen in a moment: a status that was just set is part of it. */
    boolean isSettling() {
        return isUndecided() || mergeability().startsWith("ci_");
    }

    /** Why it cannot be merged, in the host's word. */
    String mergeability() {
        return json.text("detailed_merge_status").orElse("");
    }

    /** A merge commit, or whatever it made of the branch instead. */
    @Override
    public Optional<CommitId> merged() {
        return state() == Proposal.State.MERGED
                ? json.commit("merge_commit_sha")
                        .or(() -> json.commit("squash_commit_sha"))
                        .or(this::knownHead)
                : Optional.empty();
    }

    @Override
    public Proposal.State state() {
        return switch (json.text("state").orElse("")) {
            case "merged" -> Proposal.State.MERGED;
            case "opened", "locked" -> Proposal.State.OPEN;
            default -> Proposal.State.CLOSED;
        };
    }

    @Override
    public Optional<String> ownBranch() {
        Optional<Long> into = json.integer("target_project_id").or(() -> json.integer("project_id"));
        return into.isPresent() && into.equals(sourceProject()) ? Optional.of(branch()) : Optional.empty();
    }

    @Override
    public String opener(Accounts accounts) {
        return json.text("author.username").orElse("");
    }

    @Override
    public String fork() {
        return "a fork: " + branch();
    }

    private static RegistryException strange(String field) {
        return RegistryException.environment(
                "The host gives a merge request without '" + field + "'.",
                "Try again in a moment; if it stays so, check that it is a GitLab that Modelgate knows (docs/hosts.md).",
                null);
    }
}
