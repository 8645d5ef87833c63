package io.jenkins.plugins.modelgate;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Git repository is, whichever way there is taken: HTTPS and SSH lead to the same one.
 *
 * @param host in small letters; empty for a folder
 * @param port of a web server; 0 where it tells nothing, as over SSH
 * @param path without slashes around it and {@code .git}
 */
record RegistryAddress(String host, int port, String path) {
    private static final Pattern SCP = Pattern.compile("(?:[^@/:]+@)?([^@/:]{2,}):(?!//)(.+)");
    private static final Pattern WITH_SCHEME = Pattern.compile("(https?|ssh|git)://(.*)");

    /** Reads what Git takes for an address; throws {@link IllegalArgumentException} where it is none. */
    static RegistryAddress of(String address) {
        Matcher scheme = WITH_SCHEME.matcher(address);
        if (scheme.matches()) {
            URI uri = URI.create(address);
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("'" + address + "' names no host");
            }
            return new RegistryAddress(uri.getHost().toLowerCase(Locale.ROOT), port(uri), plain(uri.getPath()));
        }
        Matcher scp = SCP.matcher(address);
        if (scp.matches() && !address.startsWith("file:")) {
            return new RegistryAddress(scp.group(1).toLowerCase(Locale.ROOT), 0, plain(scp.group(2)));
        }
        Path folder = address.startsWith("file:")
                ? Path.of(URI.create(address.replaceFirst("^file:/+", "file:///")))
                : Path.of(address);
        return new RegistryAddress("", 0, folder.toAbsolutePath().normalize().toString());
    }

    private static int port(URI uri) {
        return switch (uri.getScheme()) {
            case "https" -> uri.getPort() < 0 ? 443 : uri.getPort();
            case "http" -> uri.getPort() < 0 ? 80 : uri.getPort();
            default -> 0;
        };
    }

    private static String plain(String path) {
        return path.replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
    }

    /** Whether both lead to the same repository. */
    boolean same(RegistryAddress other) {
        boolean ports = port == 0 || other.port == 0 || port == other.port;
        return host.equals(other.host) && ports && path.equals(other.path);
    }
}
