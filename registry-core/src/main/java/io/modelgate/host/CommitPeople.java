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

    private Optional<UserId> of(CommitFacts.Signature person) {
        return governance.personByEmail(person.email()).or(() -> madeUp(person.email()));
    }

    private static Optional<UserId> madeUp(String address) {
        if (!address.endsWith(MADE_UP)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new UserId(address.substring(0, address.length() - MADE_UP.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
