package io.modelgate.host.gitlab;

import io.modelgate.host.Accounts;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who may write in the project, and who is in a group (GitLab REST API v4, Members of a group or project; Users). */
final class Members {
    private static final int MOST = 1_000;
    private static final int PAGE = 100;
    private static final int DEVELOPER = 30;
    private static final int MOST_LOOKED_UP = 2;

    private final HostClient client;
    private final String project;
    private final Map<Long, Boolean> people = new HashMap<>();

    /** @param project the path of the project in the API */
    Members(HostClient client, String project) {
        this.client = client;
        this.project = project;
    }

    /**
     * Those of some accounts that are people who may write. At most two that were not known yet are looked up at a time, so
     * that no proposal costs more requests than that; the others do not count until the next look.
     */
    Set<Long> writers(Collection<Long> accounts) {
        if (accounts.isEmpty()) {
            return Set.of();
        }
        String wanted = new TreeSet<>(accounts)
                .stream().limit(MOST).map(id -> "&user_ids%5B%5D=" + id).collect(Collectors.joining());
        Set<Long> writers = new TreeSet<>();
        int lookedUp = 0;
        for (Json member : client.all(project + "/members/all?per_page=100" + wanted, MOST)) {
            long account = member.integer("id").orElse(0L);
            boolean asked = accounts.contains(account) && mayWrite(member);
            if (asked && !people.containsKey(account) && lookedUp++ < MOST_LOOKED_UP) {
                people.put(account, isPerson(account));
            }
            if (asked && people.getOrDefault(account, false)) {
                writers.add(account);
            }
        }
        return writers;
    }

    private static boolean mayWrite(Json member) {
        return Users.isPresent(member)
                && member.integer("access_level")
                        .filter(level -> level >= DEVELOPER)
                        .isPresent();
    }

    /** What an account is stays as it is: the host knows its machines by how they were made. */
    private boolean isPerson(long account) {
        return client.find("/users/" + account).filter(Users::isPresent).isPresent();
    }

    /** The members of a group and of those above it; a group that cannot be seen has none. */
    Set<UserId> of(Team group, Accounts accounts) {
        String path = HostClient.path("groups", group.path()) + "/members/all?per_page=100";
        Answer first = client.ask("GET", path, "");
        if (!first.ok()) {
            return Set.of();
        }
        List<Json> found = first.json().elements().toList();
        return (found.size() < PAGE ? found : client.all(path, MOST))
                .stream()
                        .filter(Users::isPresent)
                        .flatMap(user -> Users.user(user, accounts).stream())
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
