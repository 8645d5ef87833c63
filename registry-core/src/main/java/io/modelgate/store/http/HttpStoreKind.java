package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.RemoteStore;
import io.modelgate.store.StoreKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Web servers that give what a file store has. Plain http will do, since every byte is verified; no login is ever sent over it.
 */
public final class HttpStoreKind implements StoreKind {
    private final Map<String, String> environment;
    private final Path userHome;
    private final Resolver resolver;
    /** Read when somebody asks: what is wrong with them is no reason to know no stores. */
    private final Supplier<Limits> limits;

    /** With the logins of whoever runs this process. */
    public HttpStoreKind() {
        this(
                System.getenv(),
                Path.of(System.getProperty("user.home", "")),
                Resolver.SYSTEM,
                () -> Limits.of(System.getenv()));
    }

    HttpStoreKind(Map<String, String> environment, Path userHome, Resolver resolver, Limits limits) {
        this(environment, userHome, resolver, () -> limits);
    }

    private HttpStoreKind(Map<String, String> environment, Path userHome, Resolver resolver, Supplier<Limits> limits) {
        this.environment = environment;
        this.userHome = userHome;
        this.resolver = resolver;
        this.limits = limits;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public Set<String> variables() {
        return Set.of(HttpLogin.TOKENS, Netrc.FILE);
    }

    @Override
    public ArtifactStore open(Site site) {
        URI base = address(site);
        Limits wait = limits.get();
        StoreClient client =
                new StoreClient(base, HttpLogin.of(base, site.given(), environment, userHome), resolver, wait);
        return new RemoteStore(site.name(), base.toString(), new HttpObjects(site.name(), base, client), wait.least());
    }

    private static URI address(Site site) {
        String url = site.location().url();
        try {
            URI uri = new URI(url.replaceAll("/+$", ""));
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw RegistryException.environment(
                "Store " + site.name() + ": its address is no folder of a web server.",
                "Write 'url: https://host/folder' in registry.yaml, without a user, '?' or '#'.",
                null);
    }
}
