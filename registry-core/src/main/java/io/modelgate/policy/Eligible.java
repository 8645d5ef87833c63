package io.modelgate.policy;

import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.Team;
import io.modelgate.manifest.UserId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose approval is asked for.
 *
 * @param words how they are called, such as the role
 * @param users who they are; everybody when empty
 * @param teams the teams of the Git host whose members they are too
 * @param lack what others are, as the rest of a sentence about them
 */
record Eligible(String words, Optional<Set<UserId>> users, Set<Team> teams, String lack) {
    Eligible {
        teams = Collections.unmodifiableSet(new TreeSet<>(teams));
        users = users.map(each -> Collections.unmodifiableSet(new TreeSet<>(each)));
    }

    static Eligible anybody() {
        return new Eligible("anybody", Optional.empty(), Set.of(), "");
    }

    /** The holders of a role, or anybody when none is named. */
    static Eligible of(Optional<String> role, RegistryConfig registry) {
        return role.map(name -> new Eligible(
                        name,
                        Optional.of(registry.holders(name)),
                        registry.governance().teams(name),
                        "does not have the role " + name))
                .orElseGet(Eligible::anybody);
    }

    /** Whoever has a role; anybody in a registry that has no roles. */
    static Eligible withSomeRole(RegistryConfig registry) {
        Set<UserId> holders = registry.governance().holdersOfAnyRole();
        Set<Team> teams = registry.governance().teamsOfAnyRole();
        return holders.isEmpty() && teams.isEmpty()
                ? anybody()
                : new Eligible("any role", Optional.of(holders), teams, "has no role");
    }

    /** Exactly these. */
    static Eligible named(Collection<UserId> users) {
        List<String> names = users.stream().sorted().map(UserId::toString).toList();
        return new Eligible(
                String.join(", ", names),
                Optional.of(Set.copyOf(users)),
                Set.of(),
                "is not " + String.join(" or ", names));
    }

    boolean includes(Review review) {
        return users.map(each -> each.contains(review.by())).orElse(true)
                || review.teams().stream().anyMatch(teams::contains);
    }
}
