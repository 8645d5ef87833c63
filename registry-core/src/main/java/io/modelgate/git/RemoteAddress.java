package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * The address of a repository on another machine, over a transport that can be trusted: SSH, HTTPS, or a path of this machine.
 * A secret in the address is kept apart from it.
 */
final class RemoteAddress {
    private static final Set<String> SCHEMES = Set.of("ssh", "https", "http", "file");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Map<String, String> ALIASES = Map.of("git+ssh", "ssh", "ssh+git", "ssh");
    private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9+.-]+::");
    private static final int MOST_NAME = 40;
    private static final int DIGITS = 16;

    private final URIish uri;
    private final Optional<Login> login;

    private RemoteAddress(URIish uri, Optional<Login> login) {
        this.uri = uri;
        this.login = login;
    }

    /** Reads an address as {@code git clone} takes it; USAGE when it is none that may be used. */
    static RemoteAddress parse(String text) {
        try {
            if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw refused(text, "it has control characters");
            }
            if (HELPER.matcher(text).lookingAt()) {
                throw refused(text, "it would run a program");
            }
            URIish uri = new URIish(text);
            String scheme = uri.getScheme() == null ? "ssh" : uri.getScheme().toLowerCase(Locale.ROOT);
            uri = uri.setScheme(ALIASES.getOrDefault(scheme, scheme));
            require(text, uri);
            Optional<Login> login = Optional.empty();
            if (isHttp(uri)) {
                login = login(uri);
                uri = uri.setUser(null).setPass(null);
            }
            return new RemoteAddress(uri.setPass(null), login);
        } catch (URISyntaxException e) {
            throw refused(text, "it is not a URL");
        }
    }

    private static void require(String text, URIish uri) {
        if (!SCHEMES.contains(uri.getScheme())) {
            throw refused(text, "'" + uri.getScheme() + "' is no transport for registries");
        }
        if (uri.getPath() == null || uri.getPath().isEmpty() || uri.getPath().startsWith("-")) {
            throw refused(text, "it names no repository");
        }
        boolean file = uri.getScheme().equals("file");
        if (file == (uri.getHost() != null && !uri.getHost().isEmpty())) {
            throw refused(text, file ? "a file is on this machine" : "it names no host");
        }
        if (startsWithDash(uri.getHost()) || startsWithDash(uri.getUser())) {
            throw refused(text, "a name in it starts with '-'");
        }
        if (uri.getScheme().equals("http") && !LOOPBACK.contains(uri.getHost())) {
            throw refused(text, "it is not encrypted; use https");
        }
    }

    private static boolean startsWithDash(@Nullable String name) {
        return name != null && name.startsWith("-");
    }

    private static Optional<Login> login(URIish uri) {
        if (uri.getUser() == null) {
            return Optional.empty();
        }
        return Optional.of(new Login(uri.getUser(), uri.getPass() == null ? "" : uri.getPass()));
    }

    private static RegistryException refused(String text, String why) {
        return RegistryException.usage(
                "'" + Secrets.hide(text) + "' is no address of a registry: " + why + ".",
                "Give ssh://host/path, user@host:path, https://host/path, or a path of this machine.");
    }

    /** Another repository on the same host, with the same login. */
    RemoteAddress beside(String path) {
        String root = uri.getPath().startsWith("/") ? "/" : "";
        return new RemoteAddress(uri.setPath(root + path + ".git"), login);
    }

    URIish uri() {
        return uri;
    }

    /** The name, and perhaps the secret, that the address had in it. */
    Optional<Login> login() {
        return login;
    }

    boolean isSsh() {
        return uri.getScheme().equals("ssh");
    }

    boolean isHttp() {
        return isHttp(uri);
    }

    private static boolean isHttp(URIish uri) {
        return uri.getScheme().equals("https") || uri.getScheme().equals("http");
    }

    /** The repository, when it is on this machine. */
    Optional<Path> file() {
        return uri.getScheme().equals("file") ? Optional.of(Path.of(uri.getPath())) : Optional.empty();
    }

    /** The host as people know it. */
    String host() {
        return uri.getHost() == null ? "this machine" : uri.getHost();
    }

    /** What a person types to try the same way in; {@code ~/.ssh/config} says what the address does not. */
    String sshCommand() {
        String port = uri.getPort() > 0 ? "-p " + uri.getPort() + " " : "";
        return "ssh " + port + ShellWord.of(uri.getUser() == null ? host() : uri.getUser() + "@" + host());
    }

    /** Whether a secret meant for this address may go to that one. */
    boolean trusts(URIish other) {
        return uri.getScheme().equals(other.getScheme())
                && host().equalsIgnoreCase(String.valueOf(other.getHost()))
                && uri.getPort() == other.getPort();
    }

    /** A name for a folder: readable, and another one for every other address. */
    String key() {
        String path = uri.getPath().replaceAll("/+$", "").replaceAll("\\.git$", "");
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        String digest = Digest.of(toString().getBytes(StandardCharsets.UTF_8)).hex();
        return (name.isEmpty() ? "registry" : name.substring(0, Math.min(MOST_NAME, name.length()))) + "-"
                + digest.substring(0, DIGITS);
    }

    /** The address without secrets. */
    @Override
    public String toString() {
        return uri.toString();
    }
}
