package io.modelgate.audit;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.git.DigestWalk;
import io.modelgate.host.GitHost;
import io.modelgate.host.Proposal;
import io.modelgate.manifest.Digest;
import io.modelgate.promotion.Workplace;
import java.util.List;

/**
 * Which digests registries still mention: in any commit that a ref leads to, and in the head of any proposal that is open on the
 * host, also when it is in a fork.
 */
final class References {
    private record Registry(DigestWalk walk, GitHost host) {}

    private final List<Registry> registries;

    /** @param workplaces the registry, and those that share its stores */
    References(List<Workplace> workplaces) {
        this.registries = workplaces.stream()
                .map(each -> new Registry(each.repository().digests(), each.host()))
                .toList();
    }

    /** Asks again; ENVIRONMENT when a host or a repository cannot be asked, since then nobody knows what is needed. */
    void refresh() {
        for (Registry each : registries) {
            each.walk().refresh();
            List<Proposal> open = each.host().list(Proposal.State.OPEN);
            each.walk()
                    .include(open.stream()
                            .map(proposal -> head(each.host(), proposal))
                            .toList());
        }
    }

    /** Reading one brings its head here; one that was merged or closed meanwhile has it all the same. */
    private static CommitId head(GitHost host, Proposal proposal) {
        try {
            return host.read(proposal.number()).head();
        } catch (RegistryException e) {
            throw RegistryException.environment(
                    "What proposal " + proposal.number() + " refers to cannot be read: " + e.getMessage(),
                    e.remedy() + " Nothing is taken away before.",
                    e);
        }
    }

    boolean mention(Digest digest) {
        return registries.stream().anyMatch(each -> each.walk().mentions(digest));
    }
}
