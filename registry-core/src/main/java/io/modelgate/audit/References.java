package io.modelgate.audit;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.DigestWalk;
import io.modelgate.git.RegistryRepository;
import io.modelgate.host.GitHost;
import io.modelgate.host.Proposal;
import io.modelgate.manifest.Digest;
import io.modelgate.promotion.Workplace;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which digests registries still mention: in any commit that a ref leads to, and in the head of any proposal that is open on the
 * host, also when it is in a fork.
 */
final class References {
    /** So many proposals a host is asked for; where there are more, nobody knows what the others refer to. */
    private static final int MOST_OPEN = 10_000;

    private record Registry(RegistryRepository repository, DigestWalk walk, GitHost host) {}

    private final List<Registry> registries;
    private final Optional<Instant> ended;

    /**
     * @param workplaces the registry, and those that share its stores
     * @param ended what only proposals lead to that were merged or closed before this does not count; all do when empty
     */
    References(List<Workplace> workplaces, Optional<Instant> ended) {
        this.registries = workplaces.stream()
                .map(each -> new Registry(each.repository(), each.repository().digests(), each.host()))
                .toList();
        this.ended = ended;
    }

    /** Asks again; ENVIRONMENT when a host or a repository cannot be asked, since then nobody knows what is needed. */
    void refresh() {
        for (Registry each : registries) {
            Set<String> over = ended.map(each.host()::refsOfEnded).orElse(Set.of());
            each.walk().refresh(ref -> !over.contains(ref));
            // After the refs: a proposal that was opened again meanwhile counts, whatever became of its ref.
            each.walk().include(heads(each));
        }
    }

    private static Set<CommitId> heads(Registry registry) {
        GitHost host = registry.host();
        Set<CommitId> heads = new LinkedHashSet<>();
        Set<Integer> unseen = new LinkedHashSet<>(host.changes("").proposals());
        List<Proposal> open = host.list(Proposal.State.OPEN);
        for (Proposal proposal : open) {
            if (registry.repository().has(proposal.head())) {
                heads.add(proposal.head());
                unseen.remove(proposal.number());
            } else {
                unseen.add(proposal.number());
            }
        }
        if (open.size() >= MOST_OPEN || unseen.size() >= MOST_OPEN) {
            throw RegistryException.environment(
                    "There are more than " + (MOST_OPEN - 1)
                            + " open proposals, and what all of them refer to cannot be seen.",
                    "Close those that nobody wants. Nothing is taken away before.",
                    null);
        }
        unseen.forEach(number -> heads.add(head(host, number)));
        return heads;
    }

    /** Reading one brings its head here; one that was merged or closed meanwhile has it all the same. */
    private static CommitId head(GitHost host, int number) {
        try {
            return host.read(number).head();
        } catch (RegistryException e) {
            throw RegistryException.environment(
                    "What proposal " + number + " refers to cannot be read: " + e.getMessage(),
                    e.remedy() + " Nothing is taken away before.",
                    e);
        }
    }

    boolean mention(Digest digest) {
        return registries.stream().anyMatch(each -> each.walk().mentions(digest));
    }
}
