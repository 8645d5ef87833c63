package io.modelgate.host.bitbucket;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Proposal;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who pushed to the branch of a pull request, and who pushed its head, by the host's activities: what was there when it was
 * opened counts as its opener's. Of pushes while it was declined they tell nothing; of those only the branch's own history does,
 * which administrators may read.
 */
final class Pushers {
    private static final int TRIES = 12;

    private final HostClient client;
    private final Accounts accounts;

    Pushers(HostClient client, Accounts accounts) {
        this.client = client;
        this.accounts = accounts;
    }

    /**
     * What is known of the pushes to one pull request.
     *
     * @param users whoever pushed to it
     * @param last whoever pushed its head
     * @param activities what that was read from
     */
    record Pushes(Set<UserId> users, Optional<UserId> last, Activities activities) {}

    /**
     * The pushes; CONFLICT when the host does not say who pushed the head of one that is open.
     *
     * @param path of the pull request in the API
     */
    Pushes of(String path, Pull pull, CommitId head, UserId author) {
        Backoff backoff = new Backoff();
        for (int tries = 0; tries < TRIES && (tries == 0 || backoff.again()); tries++) {
            Activities activities = Activities.of(client, path);
            List<Json> pushes = activities.pushes();
            if (pull.state() != Proposal.State.OPEN) {
                return new Pushes(users(pushes), Optional.empty(), activities);
            }
            if (activities.reopened()) {
                return inBranch(pull, head, activities);
            }
            if (pushes.isEmpty()) {
                return new Pushes(Set.of(author), Optional.of(author), activities);
            }
            if (Pull.commit(pushes.get(0), "fromHash").equals(Optional.of(head))) {
                return new Pushes(users(pushes), Users.user(pushes.get(0).at("user"), accounts), activities);
            }
        }
        throw RegistryException.conflict(
                "The host does not say who pushed the head of proposal " + pull.number() + ", " + head.abbreviated()
                        + ".",
                "Try again in a moment; if it stays so, push to its branch once more.");
    }

    private Set<UserId> users(List<Json> entries) {
        Set<UserId> users = new TreeSet<>();
        entries.forEach(entry -> Users.user(entry.at("user"), accounts).ifPresent(users::add));
        return users;
    }

    private Pushes inBranch(Pull pull, CommitId head, Activities activities) {
        String ref = pull.json().text("fromRef.id").orElse("");
        List<Json> history = pull.from()
                .map(repo -> repo + "/ref-change-activities?ref=" + HostClient.encode(ref))
                .flatMap(path -> new Pages(client).visible(path, 1000))
                .orElse(List.of());
        Optional<Json> last = history.stream().findFirst();
        if (last.flatMap(entry -> Pull.commit(entry, "refChange.toHash"))
                .filter(head::equals)
                .isEmpty()) {
            throw RegistryException.conflict(
                    "Proposal " + pull.number() + " was declined and opened again, and the host does not say who pushed"
                            + " to its branch in between.",
                    "Decline it and open a new one, or let an administrator of the repository look.");
        }
        return new Pushes(users(history), Users.user(last.get().at("user"), accounts), activities);
    }
}
