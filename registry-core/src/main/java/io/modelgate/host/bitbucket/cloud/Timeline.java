package io.modelgate.host.bitbucket.cloud;

import io.modelgate.host.Accounts;
import io.modelgate.host.Pushes;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the host took down of a pull request, the newest first: updates, of which the oldest is its opening, and approvals. An
 * approval is of the head before the next update that moved it. Two commits whose hashes begin with the same 12 digits can be
 * made in minutes: an update that changes nothing to be seen counts as one that moved the head.
 *
 * @param newestFirst the entries
 */
record Timeline(List<Json> newestFirst) {
    static Timeline of(HostClient client, String pull) {
        return new Timeline(new Pages(client).all(pull + "/activity?pagelen=50"));
    }

    /**
     * An approval.
     *
     * @param head the first digits of the head that it was given for
     * @param current whether the head has not moved since
     */
    record Approval(String head, boolean current) {}

    /** The updates, the newest first. */
    private List<Json> updates() {
        return newestFirst.stream()
                .map(entry -> entry.at("update"))
                .filter(update -> !update.isEmpty())
                .toList();
    }

    /** Whether the host has taken down what it says the head is. */
    boolean tellsOf(String head) {
        return updates().stream()
                .findFirst()
                .flatMap(update -> Pull.hash(update, "source.commit.hash"))
                .filter(head::equals)
                .isPresent();
    }

    /** The last approval of each user, by the number of the account. */
    Map<Long, Approval> approvals() {
        List<Json> updates = updates();
        Map<Long, Approval> last = new HashMap<>();
        boolean current = true;
        int older = 0;
        for (Json entry : newestFirst) {
            if (!entry.at("update").isEmpty()) {
                current = current && !moves(updates, older);
                older++;
            } else if (older < updates.size()) {
                Approval approval = new Approval(
                        Pull.hash(updates.get(older), "source.commit.hash").orElse(""), current);
                Users.number(entry.at("approval.user")).ifPresent(user -> last.putIfAbsent(user, approval));
            }
        }
        return last;
    }

    /** Whether an update moved the head. */
    private static boolean moves(List<Json> updates, int index) {
        if (index + 1 >= updates.size()) {
            return true;
        }
        Json update = updates.get(index);
        Json before = updates.get(index + 1);
        return !update.text("source.commit.hash").equals(before.text("source.commit.hash"))
                || seen(update).equals(seen(before));
    }

    private static List<String> seen(Json update) {
        return List.of(
                update.text("title").orElse(""),
                update.text("description").orElse(""),
                update.text("state").orElse(""),
                update.text("destination.branch.name").orElse(""),
                String.valueOf(update.isTrue("draft")),
                update.at("reviewers").toString());
    }

    /** Whoever moved the head, and who did so last. */
    Pushes pushes(Accounts accounts) {
        List<Json> updates = updates();
        List<Json> movers = IntStream.range(0, updates.size())
                .filter(index -> moves(updates, index))
                .mapToObj(index -> updates.get(index).at("author"))
                .toList();
        return new Pushes(
                movers.stream()
                        .flatMap(user -> Users.user(user, accounts).stream())
                        .collect(Collectors.toSet()),
                movers.stream().findFirst().flatMap(user -> Users.user(user, accounts)));
    }
}
