package io.modelgate.host.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.RemoteSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.HostConfig.Kind;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which Git host has a registry, and as what.
 *
 * @param kind the software
 * @param base its address, such as {@code https://git.acme.example}, without a slash at the end
 * @param project the path of the repository there, such as {@code risk/models}
 */
public record HostSite(Kind kind, URI base, String project) {
    /** The variable that says which host it is, where the registry does not: {@code gitea=https://git.acme.example}. */
    public static final String OVERRIDE = "MODELGATE_HOST";

    private static final Map<String, Kind> KNOWN = Map.of(
            "github.com", Kind.GITHUB,
            "gitlab.com", Kind.GITLAB,
            "bitbucket.org", Kind.BITBUCKET,
            "codeberg.org", Kind.FORGEJO);
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Tells where a registry is; empty when it keeps its own proposals.
     *
     * <p>A registry says itself which host it is on, but it cannot send this user's secret to any other host than the one
     * that it was read from: only the user can, with {@link #OVERRIDE}.
     *
     * @param site the address that the user gave
     * @param config what registry.yaml says
     */
    public static Optional<HostSite> find(RemoteSite site, HostConfig config, Map<String, String> environment) {
        String override = environment.getOrDefault(OVERRIDE, "").strip();
        if (!override.isEmpty()) {
            return Optional.of(parse(override, site));
        }
        Optional<String> host = site.host();
        if (host.isEmpty()) {
            return Optional.empty();
        }
        Kind kind = config.kind() == Kind.LOCAL
                ? KNOWN.getOrDefault(host.get().toLowerCase(Locale.ROOT), Kind.LOCAL)
                : config.kind();
        if (kind == Kind.LOCAL) {
            return Optional.empty();
        }
        URI base = config.url()
                .map(HostSite::uri)
                .filter(written -> isSameHost(written, site))
                .or(site::origin)
                .orElseGet(() -> URI.create("https://" + host.get()));
        return Optional.of(new HostSite(kind, base, project(site, base)));
    }

    private static HostSite parse(String text, RemoteSite site) {
        int equals = text.indexOf('=');
        try {
            Kind kind = Kind.parse(text.substring(0, Math.max(0, equals)));
            URI base = uri(text.substring(equals + 1));
            if (base.getHost() == null || kind == Kind.LOCAL) {
                throw new IllegalArgumentException("'" + text + "' names no host");
            }
            return new HostSite(kind, base, project(site, base));
        } catch (IllegalArgumentException e) {
            throw RegistryException.usage(
                    OVERRIDE + ": " + e.getMessage() + ".", "Write it like gitea=https://git.acme.example.");
        }
    }

    private static URI uri(String text) {
        URI uri = URI.create(text.replaceAll("/+$", ""));
        boolean loopback = LOOPBACK.contains(String.valueOf(uri.getHost()));
        if (!"https".equals(uri.getScheme()) && !(loopback && "http".equals(uri.getScheme()))) {
            throw RegistryException.usage(
                    "'" + text + "' is not encrypted, and a token must not be sent there.", "Use https.");
        }
        return uri;
    }

    private static boolean isSameHost(URI written, RemoteSite site) {
        return site.host()
                .filter(name -> name.equalsIgnoreCase(written.getHost()))
                .isPresent();
    }

    /** The path of the repository below the host's own: a host may itself be below a path. */
    private static String project(RemoteSite site, URI base) {
        String below = base.getPath() == null ? "" : base.getPath().replaceAll("^/+", "");
        String path = site.path();
        return !below.isEmpty() && path.startsWith(below + "/") ? path.substring(below.length() + 1) : path;
    }

    /** The segments of the project's path. */
    public List<String> segments() {
        return Arrays.asList(project.split("/", -1));
    }

    /** Owner and name; USAGE when the path has not exactly these. */
    public List<String> ownerAndName() {
        List<String> segments = segments();
        if (segments.size() != 2) {
            throw RegistryException.usage(
                    "'" + project + "' is no repository of " + base.getHost() + ".",
                    "The path of a repository is owner/name there.");
        }
        return segments;
    }
}
