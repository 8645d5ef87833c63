package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;

/** Says what is wrong with the way to another machine, and what to do about it. */
final class RemoteTrouble {
    private static final int DEEPEST_CAUSE = 20;
    private static final int LONGEST_WORDS = 1_000;

    private RemoteTrouble() {}

    /**
     * @param refused where the secrets came from that the other side did not take
     * @param keyGiven whether the environment gives the key for SSH
     */
    static RegistryException of(RemoteAddress address, Set<LoginSource> refused, boolean keyGiven, Exception trouble) {
        List<Throwable> causes = causes(trouble);
        String text = text(causes);
        for (Throwable cause : causes) {
            if (cause instanceof HostKeyRefusedException key) {
                return RegistryException.environment(key.what(), key.remedy(), trouble);
            }
        }
        if (causes.stream().anyMatch(NoRemoteRepositoryException.class::isInstance)
                || text.contains("does not appear to be a git repository")) {
            return new RegistryException(
                    RegistryException.Kind.NOT_FOUND,
                    "There is no repository at " + address + ", or you may not see it.",
                    "Check the address, and whether you may read it: 'git ls-remote " + address + "'.",
                    trouble);
        }
        if (isLogin(text) && address.isSsh()) {
            return sshLogin(address, keyGiven, trouble);
        }
        if (isLogin(text)) {
            return login(address, new TreeSet<>(refused), trouble);
        }
        return RegistryException.environment(what(address, causes, text), remedy(address, causes), trouble);
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
        if (has(causes, SSLException.class) || text.contains("secure connection")) {
            return "The certificate of " + host + " is not trusted: " + words(causes) + ".";
        }
        if (has(causes, SocketTimeoutException.class) || text.contains("timed out") || text.contains("timeout")) {
            return address + " took too long to answer.";
        }
        return address + " cannot be used: " + words(causes).replace(address + ": ", "") + ".";
    }

    private static RegistryException sshLogin(RemoteAddress address, boolean keyGiven, Exception trouble) {
        return keyGiven
                ? RegistryException.environment(
                        address + " does not let you in: it does not take the SSH key that was given (" + SshKey.KEY
                                + ").",
                        "See that the host knows its public key, and that the name before the '@' is right: '"
                                + address.sshCommand() + "'.",
                        trouble)
                : RegistryException.environment(
                        address + " does not let you in: it takes none of your SSH keys.",
                        "Add the key to ssh-agent ('ssh-add'), or name it in ~/.ssh/config (IdentityFile), and see that the"
                                + " host knows it: '" + address.sshCommand() + "'.",
                        trouble);
    }

    private static RegistryException login(RemoteAddress address, SortedSet<LoginSource> refused, Exception trouble) {
        if (refused.isEmpty()) {
            return RegistryException.environment(
                    address + " does not let you in: no token was given.", LoginSource.remedyForNone(), trouble);
        }
        return RegistryException.environment(
                address + " does not let you in: it refuses "
                        + refused.stream().map(LoginSource::words).collect(Collectors.joining(" and ")) + ".",
                refused.last().remedy(address.host()),
                trouble);
    }

    private static String remedy(RemoteAddress address, List<Throwable> causes) {
        if (has(causes, SSLException.class)) {
            return "Have the certificate mended, or tell Git and Java which authority to trust.";
        }
        return "Check the network and the address: 'git ls-remote " + address + "'.";
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
        return Text.said(Secrets.hide(deepest.orElse("no reason was given")), LONGEST_WORDS)
                .replaceAll("\\.$", "");
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
