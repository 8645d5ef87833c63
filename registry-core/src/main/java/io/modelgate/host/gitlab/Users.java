package io.modelgate.host.gitlab;

import io.modelgate.host.Accounts;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Accounts as the API gives them (GitLab REST API v4, Users). */
final class Users {
    /** Users of project and group access tokens, service accounts, and the ghost that has the deeds of deleted users. */
    private static final Pattern MACHINE =
            Pattern.compile("(?:project|group)_[0-9]+_bot.*|service_account_.*|ghost[0-9]*");

    private static final Pattern HIDDEN_ADDRESS = Pattern.compile("([0-9]{1,15})-([^@]+)@users\\.noreply\\..+");

    private Users() {}

    /** The user that an answer tells of. */
    static Optional<UserId> user(Json user, Accounts accounts) {
        return accounts.user(user, "username");
    }

    /** Whether it is somebody whose word can count: a person, as far as the name tells, and neither blocked nor gone. */
    static boolean isPresent(Json user) {
        boolean machine = user.text("username")
                .filter(name -> MACHINE.matcher(name).matches())
                .isPresent();
        return !machine
                && !user.isTrue("bot")
                && user.text("state").orElse("active").equals("active");
    }

    /** Whose private address for commits this is: it has the number of the account. */
    static Optional<UserId> ofHiddenAddress(String address, Accounts accounts) {
        Matcher parts = HIDDEN_ADDRESS.matcher(address);
        return parts.matches()
                ? Optional.of(accounts.user(Long.parseLong(parts.group(1)), parts.group(2)))
                : Optional.empty();
    }
}
