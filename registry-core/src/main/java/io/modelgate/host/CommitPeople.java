package io.modelgate.host;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.Snapshot;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.UserId;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells which user a commit names: by the addresses in registry.yaml, or by the address that Modelgate makes up for users
 * without one. What a commit names is a claim; it can only take rights away, never give any.
 */
public final class CommitPeople {
    /** The trailer that names the person on whose behalf a machine made a commit: a user id or an address. */
    public static final String REQUESTED_BY = "Requested-by";

    private static final String MADE_UP = "@modelgate.invalid";

    private final Governance governance;

    CommitPeople(Governance governance) {
        this.governance = governance;
    }

    /** The people of a registry as this commit has them; nobody is known where there is no registry. */
    static CommitPeople of(Optional<Snapshot> target) {
        return new CommitPeople(target.flatMap(snapshot -> snapshot.read("registry.yaml"))
                .flatMap(file -> RegistryConfig.readTrusted(file).value())
                .map(RegistryConfig::governance)
                .orElse(Governance.NONE));
    }

    /** The address in commits of a user for whom registry.yaml has none. */
    public static String madeUpAddress(UserId user) {
        return user + MADE_UP;
    }

    Governance governance() {
        return governance;
    }

    /** Author and committer, as far as they are known. */
    Stream<UserId> of(CommitFacts commit) {
        return Stream.of(commit.author(), commit.committer()).flatMap(person -> of(person).stream());
    }

    /**
     * On whose behalf a commit says that it was made: users by id or by address. Whoever writes a commit may name anybody there,
     * and only takes their word in their own proposal from them.
     */
    Stream<UserId> requesters(CommitFacts commit) {
        return commit.trailers(REQUESTED_BY).stream().flatMap(value -> requester(value).stream());
    }

    private Optional<UserId> requester(String value) {
        return value.contains("@") ? ofAddress(value) : userId(value);
    }

    private Optional<UserId> of(CommitFacts.Signature person) {
        return ofAddress(person.email());
    }

    private Optional<UserId> ofAddress(String address) {
        return governance.personByEmail(address).or(() -> madeUp(address));
    }

    private static Optional<UserId> madeUp(String address) {
        if (!address.endsWith(MADE_UP)) {
            return Optional.empty();
        }
        return userId(address.substring(0, address.length() - MADE_UP.length()));
    }

    private static Optional<UserId> userId(String text) {
        try {
            return Optional.of(new UserId(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
