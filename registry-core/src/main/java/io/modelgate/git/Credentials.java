package io.modelgate.git;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * Who one is on a Git host over HTTPS, tried in this order: what the address says, the token in {@code MODELGATE_TOKEN}, and
 * the credential helpers of {@code git}. Secrets go to the host of the address only, wherever it redirects to.
 */
final class Credentials extends CredentialsProvider {
    /** The environment variable that holds a token. */
    static final String TOKEN = "MODELGATE_TOKEN";

    /** Hosts that take a token ask for some name beside it. */
    private static final String TOKEN_USER = "x-access-token";

    private final RemoteAddress address;
    private final CredentialHelper helper;
    private final Iterator<Source> sources;
    private final Set<LoginSource> refused = EnumSet.noneOf(LoginSource.class);
    private @Nullable Login present;
    private LoginSource from = LoginSource.ADDRESS;
    private boolean fromHelper;

    private record Source(LoginSource origin, Supplier<Optional<Login>> login) {}

    Credentials(RemoteAddress address, Map<String, String> environment, CredentialHelper helper) {
        this.address = address;
        this.helper = helper;
        Optional<String> user = address.login().map(Login::user);
        Optional<Login> token = Optional.ofNullable(environment.get(TOKEN))
                .filter(text -> !text.isBlank())
                .map(text -> new Login(user.orElse(TOKEN_USER), text.strip()));
        this.sources = List.of(
                        new Source(
                                LoginSource.ADDRESS,
                                () -> address.login()
                                        .filter(login -> !login.secret().isEmpty())),
                        new Source(LoginSource.VARIABLE, () -> token),
                        new Source(LoginSource.HELPER, () -> askHelper(user)))
                .iterator();
    }

    private Optional<Login> askHelper(Optional<String> user) {
        fromHelper = true;
        return helper.fill(address.uri(), user);
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        return Stream.of(items)
                .allMatch(item -> item instanceof CredentialItem.Username || item instanceof CredentialItem.Password);
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        if (!address.trusts(uri) || !supports(items)) {
            return false;
        }
        while (present == null && sources.hasNext()) {
            Source next = sources.next();
            present = next.login().get().orElse(null);
            from = next.origin();
        }
        Login login = present;
        if (login == null) {
            return false;
        }
        for (CredentialItem item : items) {
            if (item instanceof CredentialItem.Username name) {
                name.setValue(login.user());
            } else if (item instanceof CredentialItem.Password password) {
                password.setValue(login.secret().toCharArray());
            }
        }
        return true;
    }

    /** What was given last was refused: the next source has its turn. */
    @Override
    public void reset(URIish uri) {
        Login old = present;
        present = null;
        if (old != null) {
            refused.add(from);
        }
        if (fromHelper && old != null) {
            helper.reject(address.uri(), old);
        }
    }

    /** Which sources gave something, now that the other side lets nobody in; JGit does not call {@link #reset} for the last one. */
    Set<LoginSource> refused() {
        if (present != null) {
            refused.add(from);
        }
        return Set.copyOf(refused);
    }

    /** What was given last was accepted, which the helper it came from wants to know. */
    void accepted() {
        Login login = present;
        if (fromHelper && login != null) {
            helper.approve(address.uri(), login);
            fromHelper = false;
        }
    }
}
