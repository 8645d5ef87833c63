package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;

/** Says what is wrong with the way to another machine, and what to do about it. */
final class RemoteTrouble {
    private static final int DEEPEST_CAUSE = 20;

    private RemoteTrouble() {}

    static RegistryException of(RemoteAddress address, Exception trouble) {
        List<Throwable> causes = causes(trouble);
        String text = text(causes);
        if (causes.stream().anyMatch(NoRemoteRepositoryException.class::isInstance)
                || text.contains("does not appear to be a git repository")) {
            return new RegistryException(
                    RegistryException.Kind.NOT_FOUND,
                    "There is no repository at " + address + ", or you may not see it.",
                    "Check the address, and whether you may read it: 'git ls-remote " + address + "'.",
                    trouble);
        }
        return RegistryException.environment(what(address, causes, text), remedy(address, causes, text), trouble);
    }

    private static String what(RemoteAddress address, List<Throwable> causes, String text) {
        String host = address.host();
        if (has(causes, UnknownHostException.class)
                || has(causes, UnresolvedAddressException.class)
                || text.contains("unresolvedaddress")) {
            return "The host " + host + " cannot be found.";
        }
        if (has(causes, ConnectException.class) || text.contains("connection refused")) {
            return "Nobody answers at " + address + ".";
        }
        if (isHostKey(text)) {
            return "The host key of " + host + " is not the one that you know, or you know none.";
        }
        if (isLogin(text)) {
            return address + " does not let you in.";
        }
        if (has(causes, SSLException.class) || text.contains("secure connection")) {
            return "The certificate of " + host + " is not trusted: " + words(causes) + ".";
        }
        if (has(causes, SocketTimeoutException.class) || text.contains("timed out") || text.contains("timeout")) {
            return address + " took too long to answer.";
        }
        return address + " cannot be used: " + words(causes).replace(address + ": ", "") + ".";
    }

    private static String remedy(RemoteAddress address, List<Throwable> causes, String text) {
        if (isHostKey(text)) {
            return "Connect once by hand and compare the key: 'ssh " + address.host() + "'.";
        }
        if (isLogin(text)) {
            return address.isSsh()
                    ? "Add your key to ssh-agent ('ssh-add'), or name it in ~/.ssh/config, and try 'ssh "
                            + address.host() + "'."
                    : "Set MODELGATE_TOKEN to a token of that host, or log in with a Git credential helper.";
        }
        if (has(causes, SSLException.class)) {
            return "Have the certificate mended, or tell Git and Java which authority to trust.";
        }
        return "Check the network and the address: 'git ls-remote " + address + "'.";
    }

    private static boolean isHostKey(String text) {
        return text.contains("server key did not validate") || text.contains("host key");
    }

    private static boolean isLogin(String text) {
        return text.contains("not authorized")
                || text.contains("no more authentication methods")
                || text.contains("authentication is required")
                || text.contains("authentication not supported")
                || text.contains("not permitted")
                || text.contains("cannot log in")
                || text.contains("auth fail");
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    private static String words(List<Throwable> causes) {
        Optional<String> deepest = Optional.empty();
        for (Throwable cause : causes) {
            String message = cause.getMessage();
            if (message != null && !message.isBlank()) {
                deepest = Optional.of(message);
            }
        }
        return Secrets.hide(deepest.orElse("no reason was given")).replaceAll("\\.$", "");
    }

    private static String text(List<Throwable> causes) {
        StringBuilder text = new StringBuilder();
        causes.forEach(cause -> text.append(cause.getMessage()).append('\n'));
        return text.toString().toLowerCase(Locale.ROOT);
    }

    private static List<Throwable> causes(Throwable trouble) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = trouble; cause != null && causes.size() < DEEPEST_CAUSE; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
