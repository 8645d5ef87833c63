package io.modelgate.store.oci;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.ModelName;
import io.modelgate.store.StoreKind;
import io.modelgate.store.http.StoreClient;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where models are in a registry: {@code oci://host[:port]/prefix}. Each model has a repository of its own below the prefix.
 *
 * @param registry host and port as people write them, by which logins are found
 * @param api where the registry's API is; plain http on this machine only, as for Docker
 * @param prefix of all repositories; empty or without a slash at either end
 */
record OciAddress(String registry, URI api, String prefix) {
    /** Names of repositories, from the OCI distribution specification 1.1. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*)*");

    /** One registry under three names. */
    private static final Set<String> DOCKERS_OWN = Set.of("docker.io", "index.docker.io", "registry-1.docker.io");

    private static final int LONGEST_PREFIX = 120;

    static OciAddress of(StoreKind.Site site) {
        String url = site.location().url().replaceAll("/+$", "");
        try {
            URI uri = new URI(url);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("^/", "");
            boolean isPlain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (isPlain
                    && path.length() <= LONGEST_PREFIX
                    && (path.isEmpty() || NAME.matcher(path).matches())) {
                return of(uri.getHost().toLowerCase(Locale.ROOT), uri.getPort(), path);
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw RegistryException.environment(
                "Store " + site.name() + ": its address is none of a container registry.",
                "Write 'url: oci://host/prefix' in registry.yaml; the prefix in small letters, without a tag.",
                null);
    }

    private static OciAddress of(String host, int port, String prefix) {
        String registry = port < 0 ? host : host + ":" + port;
        String server = isDockersOwn(registry) ? "registry-1.docker.io" : registry;
        URI plain = URI.create("http://" + server);
        return new OciAddress(registry, StoreClient.isSafe(plain) ? plain : URI.create("https://" + server), prefix);
    }

    /** Whether a registry is Docker's own, whichever name it has here. */
    static boolean isDockersOwn(String registry) {
        return DOCKERS_OWN.contains(registry);
    }

    /** The repository of a model. */
    String repository(ModelName model) {
        return prefix.isEmpty() ? model.toString() : prefix + "/" + model;
    }

    /** Whether a repository is one of a model below the prefix. */
    boolean isOurs(String repository) {
        return (prefix.isEmpty() || repository.startsWith(prefix + "/"))
                && NAME.matcher(repository).matches();
    }
}
