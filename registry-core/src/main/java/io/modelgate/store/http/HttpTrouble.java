package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says what is wrong between this side and the server of a store, and what to do about it. */
final class HttpTrouble {
    private static final int LONGEST = 300;

    private HttpTrouble() {}

    /** What an answer means that is no success, of the server itself or of one that it sends to. Its body is read for words. */
    static RegistryException of(Reply reply, String what, Access access, HomeRule rule) {
        return reply.secrets().hide(meant(reply, what, access, rule));
    }

    private static RegistryException meant(Reply reply, String what, Access access, HomeRule rule) {
        boolean home = rule.isHome(reply.from());
        String host = home ? reply.host() : rule.sending(reply.from()) + ", which";
        String source = home ? access.source() : "no login, which stays with the store";
        String said = " (" + reply.words() + ")";
        return switch (reply.status()) {
            case 401 ->
                RegistryException.environment(
                        host + " does not let you in" + said + "; it was shown " + source + ".", access.remedy(), null);
            case 403 ->
                RegistryException.environment(
                        host + " does not let you have " + what + said + "; it was shown " + source + ".",
                        "Use a login with the rights for it, or ask whoever runs the store.",
                        null);
            case 404, 410 ->
                RegistryException.notFound(
                        host + " has no " + what + ", or does not tell you.", "Check the address in registry.yaml.");
            case 409, 412 ->
                RegistryException.conflict(host + " refuses " + what + said + ".", "Run the command again.");
            case 413 ->
                RegistryException.environment(
                        host + " takes no " + what + " of that size" + said + ".",
                        "Ask whoever runs it to raise the limit of it, or of a proxy in front.",
                        null);
            case 429 ->
                RegistryException.environment(
                        host + " has had enough requests for now" + said + later(reply) + ".",
                        "Wait a while and run the command again: what is complete already is kept.",
                        null);
            case 502, 503, 504 ->
                RegistryException.environment(
                        host + " is too busy, or down" + said + later(reply) + ".",
                        "Run the command again later: what is complete already is kept.",
                        null);
            default ->
                RegistryException.environment(
                        host + " does not answer " + what + " as it should" + said + ".",
                        "Check the address in registry.yaml, or ask whoever runs the store.",
                        null);
        };
    }

    private static String later(Reply reply) {
        return reply.header("retry-after")
                .map(text -> ", and asks to wait: " + reply.secrets().said(text, 40))
                .orElse("");
    }

    static RegistryException loop(URI home, int redirects) {
        return RegistryException.environment(
                HomeRule.shown(home) + " sent us on more than " + redirects + " times.",
                "It may send us in circles: check the address in registry.yaml.",
                null);
    }

    /** The same trouble of a server that nobody would have asked, had this one not sent there. */
    static RegistryException sentOn(String sending, RegistryException trouble) {
        return RegistryException.environment(
                sending + ". " + trouble.getMessage(),
                has(trouble, UnknownHostException.class) || has(trouble, UnresolvedAddressException.class)
                        ? "Check the address in registry.yaml, or ask whoever runs the store why it sends there."
                        : trouble.remedy(),
                trouble.getCause());
    }

    static RegistryException unknown(URI uri, Throwable cause) {
        return RegistryException.environment(
                "The host " + uri.getHost() + " cannot be found.", "Check the address and the network.", cause);
    }

    /** Trouble that may pass, in words; what will be the same again is thrown as ENVIRONMENT. Neither shows what was sent. */
    static IOException told(URI uri, IOException trouble, Secrets secrets) {
        try {
            requirePassing(uri, trouble, secrets);
            return secrets.hide(passing(uri, trouble, secrets));
        } catch (RegistryException e) {
            throw secrets.hide(e);
        }
    }

    /** Throws, as ENVIRONMENT, trouble that will be the same again: no such host, or no trust. */
    private static void requirePassing(URI uri, IOException trouble, Secrets secrets) {
        if (has(trouble, UnknownHostException.class) || has(trouble, UnresolvedAddressException.class)) {
            throw unknown(uri, trouble);
        }
        if (has(trouble, SSLException.class) || has(trouble, CertificateException.class)) {
            throw tls(uri, trouble, secrets);
        }
    }

    private static RegistryException tls(URI uri, IOException trouble, Secrets secrets) {
        String why = deepest(trouble, secrets);
        String low = why.toLowerCase(Locale.ROOT);
        if (low.contains("plaintext connection") || low.contains("unrecognized ssl message")) {
            return RegistryException.environment(
                    uri.getHost() + " does not speak TLS at " + HomeRule.server(uri) + ".",
                    "Check scheme and port of the address in registry.yaml.",
                    trouble);
        }
        boolean name = low.contains("subject alternative") || low.contains("no name matching");
        boolean time = low.contains("notafter") || low.contains("notbefore") || low.contains("expired");
        String remedy = name
                ? "Use the name that its certificate is for, or have it mended."
                : time
                        ? "Have its certificate renewed, and see that the clock of this machine is right."
                        : "If it is your own authority's, name the file with its certificates in MODELGATE_CA_FILE.";
        return RegistryException.environment(
                "The certificate of " + uri.getHost() + " is not trusted (" + why + ").", remedy, trouble);
    }

    private static IOException passing(URI uri, IOException trouble, Secrets secrets) {
        if (has(trouble, HttpConnectTimeoutException.class)) {
            return new IOException("no connection to " + HomeRule.server(uri) + " in time", trouble);
        }
        if (has(trouble, ConnectException.class)) {
            return new IOException("nobody answers at " + HomeRule.server(uri), trouble);
        }
        if (has(trouble, HttpTimeoutException.class)) {
            return new IOException(uri.getHost() + " does not answer", trouble);
        }
        return new IOException(
                "the connection to " + uri.getHost() + " broke (" + deepest(trouble, secrets) + ")", trouble);
    }

    private static String deepest(Throwable trouble, Secrets secrets) {
        Throwable deepest = trouble;
        while (deepest.getCause() != null && deepest.getCause().getMessage() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : secrets.said(message, LONGEST);
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
