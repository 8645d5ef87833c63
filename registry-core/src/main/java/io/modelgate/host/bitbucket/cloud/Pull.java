package io.modelgate.host.bitbucket.cloud;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.Accounts;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposalText;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.Optional;

/** A pull request as the API gives it ({@code pullrequest}, Bitbucket Cloud 2.0): commits are told by the first 12 digits. */
record Pull(Json json) {
    int number() {
        return Math.toIntExact(json.integer("id").orElseThrow(() -> strange("id")));
    }

    UserId author(Accounts accounts) {
        return Users.user(json.at("author"), accounts).orElseThrow(() -> strange("author"));
    }

    /** The first digits of the head. */
    String head() {
        return hash(json, "source.commit.hash").orElseThrow(() -> strange("source.commit.hash"));
    }

    /** The first digits of a commit's hash. */
    static Optional<String> hash(Json json, String field) {
        return json.text(field).filter(text -> text.matches("[0-9a-f]{12,40}"));
    }

    /** The branch that it asks to be merged into. */
    String base() {
        return json.text("destination.branch.name").orElseThrow(() -> strange("destination"));
    }

    boolean isDraft() {
        return json.isTrue("draft");
    }

    /** The first digits of the commit that the host merged it as. */
    Optional<String> merged() {
        return state() == Proposal.State.MERGED ? hash(json, "merge_commit.hash") : Optional.empty();
    }

    Proposal.State state() {
        return switch (json.text("state").orElse("")) {
            case "OPEN" -> Proposal.State.OPEN;
            case "MERGED" -> Proposal.State.MERGED;
            case "DECLINED", "SUPERSEDED" -> Proposal.State.CLOSED;
            default -> throw strange("state");
        };
    }

    /** The name of its branch, if that is in the registry's own repository. */
    Optional<String> ownBranch() {
        Optional<String> from = json.text("source.repository.uuid");
        return from.isPresent() && from.equals(json.text("destination.repository.uuid"))
                ? json.text("source.branch.name")
                : Optional.empty();
    }

    /** Workspace and name of the repository that has its branch. */
    Optional<String> from() {
        return json.text("source.repository.full_name");
    }

    /** @param author as branches of theirs begin */
    ProposalText text(String author) {
        String source = ownBranch()
                .map(branch -> HostedRepository.source(author, branch))
                .orElseGet(() -> "a fork: " + json.text("source.branch.name").orElse("?"));
        return ProposalText.fitting(
                        json.text("title").orElse(""), json.text("description").orElse(""), source)
                .asDraft(isDraft());
    }

    private static RegistryException strange(String field) {
        return RegistryException.environment(
                "The host gives a pull request without a '" + field + "' that is known.",
                "Check that it is Bitbucket Cloud (see docs/hosts.md).",
                null);
    }
}
