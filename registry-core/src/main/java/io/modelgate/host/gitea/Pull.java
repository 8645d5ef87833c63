package io.modelgate.host.gitea;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.Proposal;
import io.modelgate.host.ProposalText;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.Optional;

/** A pull request as the API gives it (Gitea API 1.26, {@code PullRequest}). */
record Pull(Json json) {
    int number() {
        return Math.toIntExact(json.integer("number").orElseThrow(() -> strange("number")));
    }

    UserId author(Accounts accounts) {
        return GiteaHost.user(json.at("user"), accounts).orElseThrow(() -> strange("user"));
    }

    CommitId head() {
        return json.text("head.sha")
                .filter(sha -> sha.matches("[0-9a-f]{40}"))
                .map(CommitId::new)
                .orElseThrow(() -> strange("head.sha"));
    }

    /** The branch that it asks to be merged into. */
    String base() {
        return json.text("base.ref").orElseThrow(() -> strange("base.ref"));
    }

    boolean isDraft() {
        return json.isTrue("draft");
    }

    /** The commit that the host merged it as. */
    Optional<CommitId> merged() {
        return json.text("merge_commit_sha")
                .filter(sha -> json.isTrue("merged") && sha.matches("[0-9a-f]{40}"))
                .map(CommitId::new);
    }

    Proposal.State state() {
        return json.isTrue("merged")
                ? Proposal.State.MERGED
                : json.text("state").filter("open"::equals).isPresent() ? Proposal.State.OPEN : Proposal.State.CLOSED;
    }

    /** The name of its branch, if that is in the registry's own repository. */
    Optional<String> ownBranch() {
        Optional<Long> from = json.integer("head.repo_id").or(() -> json.integer("head.repo.id"));
        Optional<Long> into = json.integer("base.repo_id").or(() -> json.integer("base.repo.id"));
        return from.isPresent() && from.equals(into) ? json.text("head.ref") : Optional.empty();
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

    private static RegistryException strange(String field) {
        return RegistryException.environment(
                "The host gives a pull request without '" + field + "'.",
                "Check that it is a Gitea or Forgejo that Modelgate knows (see docs/hosts.md).",
                null);
    }
}
