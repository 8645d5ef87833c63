package io.modelgate.host.bitbucket.cloud;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Proposal;
import io.modelgate.host.PullRequest;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.Optional;

/** A pull request as the API gives it ({@code pullrequest}, Bitbucket Cloud 2.0): commits are told by the first 12 digits. */
record Pull(Json json) implements PullRequest {
    @Override
    public int number() {
        return Math.toIntExact(json.integer("id").orElseThrow(() -> strange("id")));
    }

    @Override
    public UserId author(Accounts accounts) {
        return Users.user(json.at("author"), accounts).orElseThrow(() -> strange("author"));
    }

    /** Of the head there are only the first digits: see {@link #digits}. */
    @Override
    public Optional<CommitId> knownHead() {
        return Optional.empty();
    }

    /** Of the merge there are only the first digits: see {@link #mergedDigits}. */
    @Override
    public Optional<CommitId> merged() {
        return Optional.empty();
    }

    /** The first digits of the head. */
    String digits() {
        return hash(json, "source.commit.hash").orElseThrow(() -> strange("source.commit.hash"));
    }

    /** The first digits of a commit's hash. */
    static Optional<String> hash(Json json, String field) {
        return json.text(field).filter(text -> text.matches("[0-9a-f]{12,40}"));
    }

    @Override
    public String base() {
        return json.text("destination.branch.name").orElseThrow(() -> strange("destination"));
    }

    /** The first digits of the commit that the host merged it as. */
    Optional<String> mergedDigits() {
        return state() == Proposal.State.MERGED ? hash(json, "merge_commit.hash") : Optional.empty();
    }

    @Override
    public Proposal.State state() {
        return switch (json.text("state").orElse("")) {
            case "OPEN" -> Proposal.State.OPEN;
            case "MERGED" -> Proposal.State.MERGED;
            case "DECLINED", "SUPERSEDED" -> Proposal.State.CLOSED;
            default -> throw strange("state");
        };
    }

    @Override
    public Optional<String> ownBranch() {
        Optional<String> from = json.text("source.repository.uuid");
        return from.isPresent() && from.equals(json.text("destination.repository.uuid"))
                ? json.text("source.branch.name")
                : Optional.empty();
    }

    /** The name of its branch, in whatever repository. */
    String branch() {
        return json.text("source.branch.name").orElse("");
    }

    /** Workspace and name of the repository that has its branch. */
    Optional<String> from() {
        return json.text("source.repository.full_name");
    }

    @Override
    public String opener(Accounts accounts) {
        return author(accounts).value();
    }

    @Override
    public String fork() {
        return "a fork: " + json.text("source.branch.name").orElse("?");
    }

    private static RegistryException strange(String field) {
        return RegistryException.environment(
                "The host gives a pull request without a '" + field + "' that is known.",
                "Check that it is Bitbucket Cloud (see docs/hosts.md).",
                null);
    }
}
