package io.modelgate.host.bitbucket;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Proposal;
import io.modelgate.host.PullRequest;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A pull request as the API gives it ({@code RestPullRequest}, Bitbucket Data Center 9.2). */
record Pull(Json json) implements PullRequest {
    static final String HEADS = "refs/heads/";

    @Override
    public int number() {
        return Math.toIntExact(json.integer("id").orElseThrow(() -> strange("id")));
    }

    /** Grows when the pull request is changed; not always when its branch is pushed to. */
    long version() {
        return json.integer("version").orElseThrow(() -> strange("version"));
    }

    @Override
    public UserId author(Accounts accounts) {
        return Users.user(json.at("author.user"), accounts).orElseThrow(() -> strange("author"));
    }

    @Override
    public Optional<CommitId> knownHead() {
        return Optional.of(head());
    }

    CommitId head() {
        return json.commit("fromRef.latestCommit").orElseThrow(() -> strange("fromRef.latestCommit"));
    }

    @Override
    public String base() {
        return branch("toRef").orElseThrow(() -> strange("toRef"));
    }

    private Optional<String> branch(String side) {
        return json.text(side + ".id").filter(ref -> ref.startsWith(HEADS)).map(ref -> ref.substring(HEADS.length()));
    }

    @Override
    public Optional<CommitId> merged() {
        return state() == Proposal.State.MERGED ? json.commit("properties.mergeCommit.id") : Optional.empty();
    }

    @Override
    public Proposal.State state() {
        return switch (json.text("state").orElse("")) {
            case "OPEN" -> Proposal.State.OPEN;
            case "MERGED" -> Proposal.State.MERGED;
            case "DECLINED" -> Proposal.State.CLOSED;
            default -> throw strange("state");
        };
    }

    @Override
    public Optional<Instant> ended() {
        return json.integer("closedDate").map(Instant::ofEpochMilli).filter(at -> state() != Proposal.State.OPEN);
    }

    @Override
    public Optional<String> ownBranch() {
        Optional<Long> from = json.integer("fromRef.repository.id");
        return from.isPresent() && from.equals(json.integer("toRef.repository.id"))
                ? branch("fromRef")
                : Optional.empty();
    }

    /** The path in the API of the repository that has its branch. */
    Optional<String> from() {
        return json.text("fromRef.repository.slug")
                .flatMap(slug -> json.text("fromRef.repository.project.key")
                        .map(key -> "/api/latest" + HostClient.path("projects", key, "repos", slug)));
    }

    /** Those who may have said something of it: with the parts that they play. */
    Stream<Json> participants() {
        return Stream.concat(json.elements("reviewers"), json.elements("participants"));
    }

    @Override
    public String opener(Accounts accounts) {
        return json.text("author.user.name").orElse("");
    }

    @Override
    public String fork() {
        return "a fork: " + json.text("fromRef.displayId").orElse("?");
    }

    private static RegistryException strange(String field) {
        return RegistryException.environment(
                "The host gives a pull request without a '" + field + "' that is known.",
                "Check that it is a Bitbucket Data Center that Modelgate knows (see docs/hosts.md).",
                null);
    }
}
