package io.modelgate.host.bitbucket.cloud;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.Accounts;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Users of Bitbucket Cloud. Anybody can call themselves by any nickname there, so that none is ever believed: a user is known by
 * the {@code uuid} alone, which becomes the number of the account in registry.yaml, the first 52 bits of its SHA-256. Nobody
 * chooses a uuid, and no two of all the users there are likely to share a number. Whoever is not in registry.yaml by number is
 * called by it.
 */
final class Users {
    private static final int DIGITS = 13;

    private final HostClient client;
    private final List<String> repository;
    private Optional<Json> self = Optional.empty();

    /** @param repository workspace and name */
    Users(HostClient client, List<String> repository) {
        this.client = client;
        this.repository = repository;
    }

    /** The number of an account. */
    static long number(String uuid) {
        String plain = uuid.replaceAll("[{}]", "").toLowerCase(Locale.ROOT);
        return Long.parseLong(Digest.of(plain).hex().substring(0, DIGITS), 16);
    }

    static Optional<Long> number(Json user) {
        return user.text("uuid").filter(uuid -> uuid.length() > 2).map(Users::number);
    }

    /** The user that an answer tells of; nobody where it tells of none. */
    static Optional<UserId> user(Json user, Accounts accounts) {
        return number(user).map(number -> accounts.user(number, "account-" + number));
    }

    /** Whether it is a person who is still there: no machine, no workspace, and no account that was closed. */
    static boolean isPerson(Json user) {
        return user.text("type").filter("user"::equals).isPresent()
                && user.text("account_status")
                        .filter(status -> !status.equals("active"))
                        .isEmpty();
    }

    Json self() {
        if (self.isEmpty()) {
            self = Optional.of(client.get("/user"));
        }
        return self.get();
    }

    boolean isSelf(Json user) {
        return number(user).isPresent() && number(user).equals(number(self()));
    }

    /** The numbers of those who can write to the repository; nobody where this user may not see that. */
    Set<Long> writers() {
        String path =
                HostClient.path("workspaces", repository.get(0), "permissions", "repositories", repository.get(1));
        return new Pages(client)
                .visible(path + "?pagelen=100").stream()
                        .flatMap(List::stream)
                        .filter(each -> each.text("permission")
                                .filter(word -> word.equals("write") || word.equals("admin"))
                                .isPresent())
                        .flatMap(each -> number(each.at("user")).stream())
                        .collect(Collectors.toSet());
    }

    /** The one member of the workspace with this uuid, account id or nickname; nobody where several share a nickname. */
    Optional<Json> named(String who) {
        List<Json> found = members(who);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private List<Json> members(String who) {
        return new Pages(client)
                .all(HostClient.path("workspaces", repository.get(0), "members") + "?pagelen=100").stream()
                        .map(member -> member.at("user"))
                        .filter(user -> Stream.of("uuid", "account_id", "nickname")
                                .anyMatch(field ->
                                        user.text(field).filter(who::equals).isPresent()))
                        .toList();
    }

    /** The uuid of a member of the workspace, by uuid, account id or a nickname that one alone has. */
    String uuid(String who) {
        if (who.startsWith("{")) {
            return who;
        }
        List<String> found = members(who).stream()
                .flatMap(user -> user.text("uuid").stream())
                .distinct()
                .toList();
        if (found.size() != 1) {
            throw RegistryException.usage(
                    found.size() + " members of " + repository.get(0) + " are called '" + who + "'.",
                    "Give the uuid of the account, such as {504c3b62-8120-4f0c-a7bc-87800b9d6f70}.");
        }
        return found.get(0);
    }
}
