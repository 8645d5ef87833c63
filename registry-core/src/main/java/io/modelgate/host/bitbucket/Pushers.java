package io.modelgate.host.bitbucket;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Proposal;
import io.modelgate.host.Pushes;
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
record Pushers(HostClient client, Accounts accounts) {
    /**
     * What is known of one pull request.
     *
     * @param pushes who pushed
     * @param activities what that was read from
     */
    record Told(Pushes pushes, Activities activities) {}

    /**
     * The pushes; CONFLICT when the host does not say who pushed the head of one that is open.
     *
     * @param path of the pull request in the API
     */
    Told of(String path, Pull pull, CommitId head, UserId author) {
        return Pushes.awaited(() -> look(Activities.of(client, path), pull, head, author))
                .orElseThrow(() -> Pushes.unknown(pull.number(), head));
    }

    private Optional<Told> look(Activities activities, Pull pull, CommitId head, UserId author) {
        List<Json> entries = activities.pushes();
        Optional<Pushes> pushes = Optional.empty();
        if (pull.state() != Proposal.State.OPEN) {
            pushes = Optional.of(new Pushes(users(entries), Optional.empty()));
        } else if (activities.reopened()) {
            pushes = Optional.of(inBranch(pull, head));
        } else if (entries.isEmpty()) {
            pushes = Optional.of(new Pushes(Set.of(author), Optional.of(author)));
        } else if (entries.get(0).commit("fromHash").equals(Optional.of(head))) {
            pushes = Optional.of(by(entries));
        }
        return pushes.map(known -> new Told(known, activities));
    }

    /** By whom pushes were, the newest first. */
    private Pushes by(List<Json> entries) {
        return new Pushes(users(entries), Users.user(entries.get(0).at("user"), accounts));
    }

    private Set<UserId> users(List<Json> entries) {
        Set<UserId> users = new TreeSet<>();
        entries.forEach(entry -> Users.user(entry.at("user"), accounts).ifPresent(users::add));
        return users;
    }

    private Pushes inBranch(Pull pull, CommitId head) {
        String ref = pull.json().text("fromRef.id").orElse("");
        List<Json> history = pull.from()
                .map(repo -> repo + "/ref-change-activities?ref=" + HostClient.encode(ref))
                .flatMap(path -> new Pages(client).visible(path, 1000))
                .orElse(List.of());
        Optional<Json> last = history.stream().findFirst();
        if (last.flatMap(entry -> entry.commit("refChange.toHash"))
                .filter(head::equals)
                .isEmpty()) {
            throw RegistryException.conflict(
                    "Proposal " + pull.number() + " was declined and opened again, and the host does not say who pushed"
                            + " to its branch in between.",
                    "Decline it and open a new one, or let an administrator of the repository look.");
        }
        return by(history);
    }
}
