package io.modelgate.host;

import io.modelgate.git.CommitId;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A pull request, or whatever a host calls it, as its API gives it: what Modelgate needs to know of it on every host. */
public interface PullRequest {
    /** What the API says. */
    Json json();

    /** Its number in the registry's repository. */
    int number();

    /** Who opened it. */
    UserId author(Accounts accounts);

    /** The name that branches of whoever opened it begin with. */
    String opener(Accounts accounts);

    /** The commit that asks to be merged; empty where the host does not tell the whole of it, or not yet. */
    Optional<CommitId> knownHead();

    /** The commit that the host merged it as; empty while it has not, or where it does not tell the whole of it. */
    Optional<CommitId> merged();

    /** The branch that it asks to be merged into. */
    String base();

    /** Whether it is not ready yet by its author's own word. */
    default boolean isDraft() {
        return json().isTrue("draft");
    }

    /** Where it is in its life. */
    Proposal.State state();

    /** When it was merged or closed; empty while it is open, and where the host does not tell. */
    default Optional<Instant> ended() {
        return json().text("merged_at")
                .or(() -> json().text("closed_at"))
                .map(OffsetDateTime::parse)
                .map(OffsetDateTime::toInstant)
                .filter(at -> state() != Proposal.State.OPEN);
    }

    /** The name of its branch, if that is in the registry's own repository. */
    Optional<String> ownBranch();

    /** What its branch is called where that is in another repository. */
    String fork();

    /** Its description in Markdown; may be empty. */
    default String description() {
        return json().text("description").orElse("");
    }

    /** What it says of itself, made to fit. */
    default ProposalText text(Accounts accounts) {
        String source = ownBranch()
                .map(branch -> HostedRepository.source(opener(accounts), branch))
                .orElseGet(this::fork);
        return ProposalText.fitting(json().text("title").orElse(""), description(), source)
                .asDraft(isDraft());
    }
}
