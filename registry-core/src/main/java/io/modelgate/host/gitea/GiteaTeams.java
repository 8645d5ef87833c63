package io.modelgate.host.gitea;

import io.modelgate.host.Accounts;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The members of teams, as far as this user may see them; a team that cannot be seen has none. */
final class GiteaTeams {
    private static final int MOST = 1_000;

    private final HostClient client;
    private final Accounts accounts;

    GiteaTeams(HostClient client, Accounts accounts) {
        this.client = client;
        this.accounts = accounts;
    }

    Set<UserId> members(Team team) {
        return id(team).map(number -> client.all("/teams/" + number + "/members?limit=50", MOST).stream()
                        .flatMap(user -> GiteaHost.user(user, accounts).stream())
                        .collect(Collectors.toCollection(TreeSet::new)))
                .orElseGet(TreeSet::new);
    }

    private Optional<Long> id(Team team) {
        String search = HostClient.path("orgs", team.parent(), "teams", "search") + "?limit=50&q="
                + HostClient.encode(team.name());
        Optional<Json> found = client.find(search);
        return found.stream()
                .flatMap(json -> json.elements("data"))
                .filter(json -> json.text("name")
                        .filter(name -> name.equalsIgnoreCase(team.name()))
                        .isPresent())
                .flatMap(json -> json.integer("id").stream())
                .findFirst();
    }
}
