package io.modelgate.promotion;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.host.CommitPeople;
import io.modelgate.manifest.UserId;
import java.util.Optional;

/**
 * A person on whose behalf a machine proposes, such as whoever started a build. Their approval does not count.
 *
 * @param login their login on the Git host
 * @param name their display name
 * @param address their address in commits, by which a host knows its account, or registry.yaml the person
 */
public record Requester(String login, Optional<String> name, Optional<String> address) {
    public Requester {
        name = name.filter(text -> !text.isBlank());
        address = address.map(String::strip).filter(Requester::isAddress);
        if (login.isBlank() || login.chars().anyMatch(unit -> unit < ' ')) {
            throw new IllegalArgumentException("a login is one line with something in it");
        }
    }

    /** Somebody of whom only the login is known. */
    public static Requester of(String login) {
        try {
            return new Requester(login.strip(), Optional.empty(), Optional.empty());
        } catch (IllegalArgumentException e) {
            throw RegistryException.usage("'" + login + "' is no login: " + e.getMessage() + ".", "Correct it.");
        }
    }

    private static boolean isAddress(String text) {
        return text.matches("[^\\s<>@\\p{Cntrl}]+@[^\\s<>@\\p{Cntrl}]+");
    }

    /** Who commits say made them, where the person's address is known or can be made up. */
    Optional<Author> author(Optional<UserId> user) {
        return address.or(() -> user.map(CommitPeople::madeUpAddress)).flatMap(mail -> {
            try {
                return Optional.of(new Author(name.orElse(login), mail));
            } catch (IllegalArgumentException e) {
                return Optional.of(new Author(mail, mail));
            }
        });
    }
}
