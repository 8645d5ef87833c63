package io.modelgate.host.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import io.modelgate.git.LoginSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says what is wrong between this side and a Git host, and what to do about it. */
final class HostTrouble {
    private static final int LONGEST = 300;

    private HostTrouble() {}

    /** Whether a host was shown anything, and where that came from, where this is known. */
    record Shown(boolean anything, Optional<LoginSource> source) {
        private String refused(String host, String said) {
            return anything
                    ? host + " refuses " + source.map(LoginSource::words).orElse("the token that it was shown") + said
                            + "."
                    : host + " does not know who you are" + said + ": no token was given.";
        }

        private String remedy(String host) {
            return anything
                    ? source.map(each -> each.remedy(host))
                            .orElse("It may have expired or been revoked: make a new one on " + host + ".")
                    : LoginSource.remedyForNone();
        }
    }

    /**
     * What a refused request means.
     *
     * @param shown what the host was shown to know who asks; the message says where it came from, and never what it is
     */
    static RegistryException of(String host, Answer answer, String what, Shown shown) {
        String said = " (" + answer.status() + ": " + answer.words() + ")";
        if (Exhaustion.of(answer)) {
            return RegistryException.environment(
                    host + " has had enough requests of this user for now" + said + ".",
                    "Wait until "
                            + Exhaustion.reset(answer).map(Object::toString).orElse("later") + " and try again.",
                    null);
        }
        return switch (answer.status()) {
            case 401 -> RegistryException.environment(shown.refused(host, said), shown.remedy(host), null);
            case 403 ->
                RegistryException.environment(
                        "You may not do that on " + host + said + ".",
                        "Use a token with the rights for it, or ask an administrator of the registry.",
                        null);
            case 404, 410 ->
                RegistryException.notFound(
                        host + " has nothing at " + what + ", or you may not see it.",
                        "Check the address of the registry, and whether your token may read it.");
            case 405, 409, 412, 422, 423 ->
                RegistryException.conflict(host + " refuses that" + said + ".", "Mend what it says and try again.");
            default ->
                RegistryException.environment(
                        host + " is in trouble" + said + ".", "Try again later, or ask its administrator.", null);
        };
    }

    /** An answer that points elsewhere, where the secret must not go. */
    static RegistryException moved(String host, Optional<String> where) {
        return RegistryException.environment(
                host + " says that the registry is elsewhere"
                        + where.map(to -> ": " + Text.said(to, LONGEST)).orElse("") + ".",
                "Use the new address of the registry, if you trust it.",
                null);
    }

    /** No answer at all. */
    static RegistryException of(URI base, IOException trouble) {
        String host = base.getHost();
        String why = trouble.getMessage() == null ? "" : " (" + Text.said(trouble.getMessage(), LONGEST) + ")";
        if (has(trouble, UnknownHostException.class) || has(trouble, UnresolvedAddressException.class)) {
            return RegistryException.environment(
                    "The host " + host + " cannot be found.", "Check the address and the network.", trouble);
        }
        if (has(trouble, SSLException.class)) {
            return RegistryException.environment(
                    "The certificate of " + host + " is not trusted" + why + ".",
                    "Name the file with your authority's certificates in MODELGATE_CA_FILE.",
                    trouble);
        }
        if (has(trouble, ConnectException.class)) {
            return RegistryException.environment(
                    "Nobody answers at " + base + ".", "Check the address, the network and the proxy.", trouble);
        }
        return RegistryException.environment(
                host + " did not answer" + why + ".", "Check the network and try again.", trouble);
    }

    /** Whether trouble may be over in a moment. */
    static boolean mayPass(IOException trouble) {
        return !has(trouble, SSLException.class)
                && !has(trouble, UnknownHostException.class)
                && !has(trouble, UnresolvedAddressException.class)
                && !Thread.currentThread().isInterrupted();
    }

    private static boolean has(Throwable trouble, Class<? extends Throwable> type) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
