package io.modelgate.host.github;

import io.modelgate.host.Accounts;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The members of teams, as far as this user may see them; a team that cannot be seen has none. */
final class GithubTeams {
    private static final int MOST = 1_000;

    private final HostClient client;
    private final Accounts accounts;

    GithubTeams(HostClient client, Accounts accounts) {
        this.client = client;
        this.accounts = accounts;
    }

    Set<UserId> members(Team team) {
        String members = HostClient.path("orgs", team.parent(), "teams", team.name(), "members") + "?per_page=100";
        Answer first = client.ask("GET", members, "");
        if (first.status() == 404 || first.status() == 403) {
            return Set.of();
        }
        return client.all(members, MOST).stream()
                .flatMap(user -> GithubHost.user(user, accounts).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
