package io.modelgate.host.bitbucket.cloud;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import java.util.Optional;

/**
 * Finds the commits that the host tells the first 12 digits of: by the branch, which only one commit is at, and else by all that
 * Git has here. A name that begins like a commit's id misleads nobody, since no name is looked up that is not a branch.
 */
final class Heads {
    private final HostClient client;
    private final HostedRepository repository;

    Heads(HostClient client, HostedRepository repository) {
        this.client = client;
        this.repository = repository;
    }

    /**
     * The commit that the branch of an open pull request is at, in whatever repository; empty while host and branch do not agree.
     * A fork is read by Git where this user may read it, since the host keeps no ref for it: CONFLICT where not.
     */
    Optional<CommitId> open(Pull pull) {
        Optional<CommitId> tip =
                pull.ownBranch().isPresent() ? repository.at(pull.ownBranch().get()) : ofFork(pull);
        return tip.filter(commit -> commit.hex().startsWith(pull.digits()));
    }

    private Optional<CommitId> ofFork(Pull pull) {
        String fork = pull.from().orElse("");
        try {
            return repository.bringFromFork(fork, pull.branch());
        } catch (RegistryException e) {
            throw RegistryException.conflict(
                    "Proposal " + pull.number() + " is from a fork, and that cannot be read: " + e.getMessage(),
                    "Let the gate's user read the fork, or push its branch to the registry's own repository and propose"
                            + " that.");
        }
    }

    /** The commit that a pull request was at, or is; not asked of a fork's Git. */
    Optional<CommitId> any(Pull pull) {
        return pull.ownBranch()
                .flatMap(repository::at)
                .filter(commit -> commit.hex().startsWith(pull.digits()))
                .or(() -> repository.beginningWith(pull.digits()))
                .or(() -> asked(pull));
    }

    private Optional<CommitId> asked(Pull pull) {
        return pull.from()
                .map(name -> name.split("/", -1))
                .filter(names -> names.length == 2)
                .map(names -> HostClient.path("repositories", names[0], names[1], "commit", pull.digits()))
                .map(path -> client.ask("GET", path, ""))
                .filter(Answer::ok)
                .flatMap(answer -> answer.json().text("hash"))
                .filter(hash -> hash.matches("[0-9a-f]{40}") && hash.startsWith(pull.digits()))
                .map(CommitId::new);
    }
}
