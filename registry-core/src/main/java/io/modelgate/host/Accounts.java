package io.modelgate.host;

import io.modelgate.host.http.Json;
import io.modelgate.manifest.Governance;
import io.modelgate.manifest.Person;
import io.modelgate.manifest.UserId;
import java.util.Optional;

/**
 * Tells who an account of a Git host is in the registry. Where registry.yaml has the number of somebody's account, the number
 * counts and not the name: a user who is renamed stays who they are, and whoever takes the old name is somebody else.
 */
public final class Accounts {
    private static final int LONGEST = 64;

    private final Governance governance;

    public Accounts(Governance governance) {
        this.governance = governance;
    }

    /** The user with this account. */
    public UserId user(long number, String login) {
        Optional<Person> known = governance.people().stream()
                .filter(person -> person.account().filter(own -> own == number).isPresent())
                .findFirst();
        return known.map(Person::id).orElseGet(() -> isTaken(login) ? nameless(number) : named(number, login));
    }

    /**
     * The user that an answer tells of by {@code id}; nobody where it tells of none, or of an account that was deleted.
     *
     * @param name the field with the name
     */
    public Optional<UserId> user(Json user, String name) {
        return user.integer("id")
                .filter(id -> id > 0)
                .flatMap(id -> user.text(name).map(login -> user(id, login)));
    }

    /** Whether the name is that of somebody whose account is another one. */
    private boolean isTaken(String login) {
        return governance.people().stream()
                .anyMatch(person -> person.id().value().equalsIgnoreCase(login)
                        && person.account().isPresent());
    }

    private static UserId named(long number, String login) {
        String fit = login.replaceAll("[^A-Za-z0-9._-]", "-");
        try {
            return new UserId(fit.length() > LONGEST ? fit.substring(0, LONGEST) : fit);
        } catch (IllegalArgumentException e) {
            return nameless(number);
        }
    }

    private static UserId nameless(long number) {
        return new UserId("account-" + Math.abs(number));
    }
}
