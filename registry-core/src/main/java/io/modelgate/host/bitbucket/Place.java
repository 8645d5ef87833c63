package io.modelgate.host.bitbucket;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * Where a repository is on a Bitbucket Data Center: {@code <base>/scm/<key>/<slug>.git} over HTTP, {@code <key>/<slug>.git} over
 * SSH.
 *
 * @param base the address of the host, also below a path, without a slash at the end
 * @param key the key of the project, or {@code ~name} for a user's own
 * @param slug the repository
 */
record Place(URI base, String key, String slug) {
    static Place of(HostSite site) {
        List<String> segments = site.segments();
        int scm = segments.size() - 3;
        boolean overHttp = scm >= 0 && segments.get(scm).equals("scm");
        if (!overHttp && segments.size() != 2) {
            throw RegistryException.usage(
                    "'" + site.project() + "' is no repository of "
                            + site.base().getHost() + ".",
                    "The address of a repository ends in scm/project/repository.git there.");
        }
        String below = overHttp ? String.join("/", segments.subList(0, scm)) : "";
        String key = segments.get(segments.size() - 2);
        return new Place(
                below.isEmpty() ? site.base() : URI.create(site.base() + "/" + below),
                key.startsWith("~") ? key : key.toUpperCase(Locale.ROOT),
                segments.get(segments.size() - 1));
    }

    /** Its path in one of the host's APIs, such as {@code api}. */
    String in(String api) {
        return "/" + api + "/latest" + HostClient.path("projects", key, "repos", slug);
    }

    /** Its page for people. */
    URI page() {
        return URI.create(base + HostClient.path("projects", key, "repos", slug));
    }
}
