package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What a host took down of the pushes to one proposal.
 *
 * @param users whoever pushed to it
 * @param last whoever pushed its head
 */
public record Pushes(Set<UserId> users, Optional<UserId> last) {
    private static final int TRIES = 12;

    public Pushes {
        users = java.util.Collections.unmodifiableSet(new TreeSet<>(users));
    }

    /** Looks again for some seconds while nothing is found: hosts take a push down a moment after they have taken it. */
    public static <T> Optional<T> awaited(Supplier<Optional<T>> looking) {
        Backoff backoff = new Backoff();
        Optional<T> found = looking.get();
        for (int tries = 1; found.isEmpty() && tries < TRIES && backoff.again(); tries++) {
            found = looking.get();
        }
        return found;
    }

    /** CONFLICT: nothing is judged while the host does not say who pushed the head. */
    public static RegistryException unknown(int proposal, CommitId head) {
        return unknown(proposal, head, "Try again in a moment; if it stays so, push to its branch once more.");
    }

    /** The same with a remedy of the host's own. */
    public static RegistryException unknown(int proposal, CommitId head, String remedy) {
        return RegistryException.conflict(
                "The host does not say who pushed the head of proposal " + proposal + ", " + head.abbreviated() + ".",
                remedy);
    }
}
