package io.modelgate.git;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/**
 * Who one is on a Git host over HTTPS, tried in this order: what the address says, a login that is renewed again and again, the
 * token in {@code MODELGATE_TOKEN}, and the credential helpers of {@code git}. Secrets go to the host of the address only,
 * wherever it redirects to.
 */
final class Credentials extends CredentialsProvider {
    /** The environment variable that holds a token. */
    static final String TOKEN = "MODELGATE_TOKEN";

    /** Hosts that take a token ask for some name beside it: most of them for any. */
    private static final String TOKEN_USER = "x-access-token";

    /** These ask for one name (support.atlassian.com, Bitbucket Cloud, "Using access tokens"). */
    private static final Map<String, String> TOKEN_USERS = Map.of("bitbucket.org", "x-token-auth");

    private final RemoteAddress address;
    private final CredentialHelper helper;
    private final List<Source> sources;
    private final Set<LoginSource> refused = EnumSet.noneOf(LoginSource.class);
    private int at;
    private Optional<Login> present = Optional.empty();
    private boolean fromHelper;

    private record Source(LoginSource origin, Supplier<Optional<Login>> login) {}

    Credentials(RemoteAddress address, Map<String, String> environment, CredentialHelper helper, RenewedLogin renewed) {
        this.address = address;
        this.helper = helper;
        Optional<String> user = address.login().map(Login::user);
        String tokenUser = TOKEN_USERS.getOrDefault(address.host().toLowerCase(Locale.ROOT), TOKEN_USER);
        Optional<Login> token = Optional.ofNullable(environment.get(TOKEN))
                .filter(text -> !text.isBlank())
                .map(text -> new Login(user.orElse(tokenUser), text.strip()));
        this.sources = List.of(
                new Source(
                        LoginSource.ADDRESS,
                        () -> address.login().filter(login -> !login.secret().isEmpty())),
                new Source(LoginSource.APP, () -> renewed.login().flatMap(HostLogin::login)),
                new Source(LoginSource.VARIABLE, () -> token),
                new Source(LoginSource.HELPER, () -> askHelper(user)));
    }

    /** Before a conversation: what may have ended since the last one is fetched anew; where all was refused, all is tried again. */
    void begin() {
        refused.clear();
        if (at >= sources.size()) {
            at = 0;
        }
        if (sources.get(at).origin() == LoginSource.APP) {
            present = Optional.empty();
        }
    }

    private Optional<Login> askHelper(Optional<String> user) {
        Optional<Login> filled = helper.fill(address.uri(), user);
        fromHelper = filled.isPresent();
        return filled;
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
        while (present.isEmpty() && at < sources.size()) {
            present = sources.get(at).login().get();
            if (present.isEmpty()) {
                at++;
            }
        }
        if (present.isEmpty()) {
            return false;
        }
        Login login = present.get();
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
        if (fromHelper) {
            present.ifPresent(refused -> helper.reject(address.uri(), refused));
            fromHelper = false;
        }
        if (present.isPresent()) {
            refused.add(sources.get(at).origin());
            present = Optional.empty();
            at++;
        }
    }

    /** Which sources gave something, now that the other side lets nobody in; JGit does not call {@link #reset} for the last one. */
    Set<LoginSource> refused() {
        if (present.isPresent()) {
            refused.add(sources.get(at).origin());
        }
        return Set.copyOf(refused);
    }

    /** What was given last was accepted, which the helper it came from wants to know. */
    void accepted() {
        if (fromHelper && present.isPresent()) {
            helper.approve(address.uri(), present.get());
            fromHelper = false;
        }
    }
}
