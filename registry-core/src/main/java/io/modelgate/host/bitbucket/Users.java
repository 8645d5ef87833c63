package io.modelgate.host.bitbucket;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.Accounts;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Users of a Bitbucket Data Center ({@code RestApplicationUser}): numbered, with names that nobody shares. */
final class Users {
    private static final String PATH = "/api/latest/users?";

    private final HostClient client;
    private final Place place;
    private Optional<Json> self = Optional.empty();

    Users(HostClient client, Place place) {
        this.client = client;
        this.place = place;
    }

    /** The user that an answer tells of; nobody where it tells of none. */
    static Optional<UserId> user(Json user, Accounts accounts) {
        return accounts.user(user, "name");
    }

    /** Whether it is a person who is still there: no machine, and not deactivated. */
    static boolean isPerson(Json user) {
        return user.isTrue("active")
                && user.text("type").filter("SERVICE"::equals).isEmpty();
    }

    /** Whoever asks: every answer has the name in a header, and nothing else tells it. */
    Json self() {
        if (self.isEmpty()) {
            String path = "/api/latest/application-properties";
            Answer answer = client.require(client.ask("GET", path, ""), path);
            String name = answer.headers()
                    .firstValue("X-AUSERNAME")
                    .map(header -> URLDecoder.decode(header, StandardCharsets.UTF_8))
                    .orElseThrow(this::nobody);
            self = named(name);
        }
        return self.orElseThrow(this::nobody);
    }

    /** The user with this name, upper or lower case. */
    Optional<Json> named(String name) {
        return new Pages(client)
                .all(PATH + "filter=" + HostClient.encode(name)).stream()
                        .filter(user ->
                                user.text("name").filter(name::equalsIgnoreCase).isPresent())
                        .findFirst();
    }

    private RegistryException nobody() {
        return RegistryException.environment(
                place.base().getHost() + " does not say who you are.", "Use an HTTP access token of a user.", null);
    }

    /** The numbers of those who can write to the repository; nobody where this user may not see that. */
    Set<Long> writers() {
        String path = PATH + "permission=REPO_WRITE&permission.projectKey=" + HostClient.encode(place.key())
                + "&permission.repositorySlug=" + HostClient.encode(place.slug());
        return new Pages(client)
                .visible(path, 1000).stream()
                        .flatMap(List::stream)
                        .flatMap(user -> user.integer("id").stream())
                        .collect(Collectors.toSet());
    }

    /** The members of a group; nobody where there is none or it cannot be seen. */
    Set<UserId> members(Team group, Accounts accounts) {
        return new Pages(client)
                .visible(PATH + "group=" + HostClient.encode(group.path()), 1000).stream()
                        .flatMap(List::stream)
                        .flatMap(user -> user(user, accounts).stream())
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
