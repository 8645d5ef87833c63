package io.modelgate;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.HostLogin;
import io.modelgate.git.LoginSource;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.RemoteSite;
import io.modelgate.git.RenewedLogin;
import io.modelgate.host.GitHost;
import io.modelgate.host.HostedRepository;
import io.modelgate.host.bitbucket.BitbucketServerHost;
import io.modelgate.host.bitbucket.cloud.BitbucketCloudHost;
import io.modelgate.host.gitea.GiteaHost;
import io.modelgate.host.github.GithubApp;
import io.modelgate.host.github.GithubHost;
import io.modelgate.host.gitlab.GitlabHost;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.RegistryConfig;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Finds the Git host that has the proposals of a registry. Nothing is asked of it before it is needed. */
final class Hosts {
    private Hosts() {}

    /** The host; empty for a registry that keeps its own proposals. */
    static Optional<GitHost> of(
            RegistryLocation location, RegistryRepository repository, HostConfig config, Session session) {
        if (!location.remote()) {
            return Optional.empty();
        }
        RemoteSite site = RemoteSite.of(location.address());
        return HostSite.find(site, config, session.environment()).map(found -> host(found, site, repository, session));
    }

    /**
     * How Git signs in as the GitHub App that the environment names. The host must be known without the registry's own word, by
     * its name or by {@code MODELGATE_HOST}, since that word is not read yet; and its tokens go nowhere else.
     */
    static RenewedLogin gitLogin(RegistryLocation location, HostConfig config, Session session) {
        RemoteSite site = RemoteSite.of(location.address());
        return HostSite.find(site, config, session.environment())
                .filter(found -> found.kind() == HostConfig.Kind.GITHUB && site.isOn(found.base()))
                .flatMap(found -> GithubApp.find(found, session.environment(), session.clock()))
                .<RenewedLogin>map(app -> () -> Optional.of(app.login()))
                .orElse(RenewedLogin.NONE);
    }

    /** Makes the repository that a registry is to be in; does nothing when it is there. */
    static void create(RegistryLocation location, HostConfig config, Session session) {
        RemoteSite site = RemoteSite.of(location.address());
        HostSite found = HostSite.find(site, config, session.environment()).orElseThrow(() -> unknown(location));
        Shown shown = new Shown(found, site, session);
        switch (found.kind()) {
            case GITEA, FORGEJO -> GiteaHost.create(found, shown.client(found.base() + "/api/v1"));
            case GITHUB -> GithubHost.create(found, new Github(found, shown, session).client());
            case GITLAB -> GitlabHost.create(found, shown.client(found.base() + "/api/v4"));
            case BITBUCKET -> createBitbucket(found, shown);
            case LOCAL -> throw unknown(location);
        }
    }

    private static RegistryException unknown(RegistryLocation location) {
        return RegistryException.usage(
                location.shown() + " is on no Git host that is known.", "Say which it is: --host gitea.");
    }

    private static GitHost host(HostSite found, RemoteSite site, RegistryRepository repository, Session session) {
        HostedRepository hosted = new HostedRepository(repository, RegistryConfig.DEFAULT_BRANCH);
        Shown shown = new Shown(found, site, session);
        return switch (found.kind()) {
            case GITEA, FORGEJO -> new GiteaHost(found, shown.client(found.base() + "/api/v1"), hosted);
            case GITHUB -> new Github(found, shown, session).host(hosted);
            case GITLAB -> new GitlabHost(found, shown.client(found.base() + "/api/v4"), hosted);
            case BITBUCKET -> bitbucket(found, shown, hosted);
            case LOCAL -> throw new IllegalStateException("a registry that keeps its own proposals is on no host");
        };
    }

    /** A GitHub as this user, or as the App that the environment names. */
    private record Github(HostSite site, Shown token, Session session) {
        HostClient client() {
            return client(app());
        }

        private Optional<GithubApp> app() {
            return GithubApp.find(site, session.environment(), session.clock());
        }

        private HostClient client(Optional<GithubApp> app) {
            Supplier<Map<String, String>> headers = app.<Supplier<Map<String, String>>>map(known -> known::headers)
                    .orElse(token);
            return new HostClient(
                    GithubHost.api(site.base()),
                    () -> {
                        Map<String, String> all = new TreeMap<>(headers.get());
                        all.put("Accept", "application/vnd.github+json");
                        all.put("X-GitHub-Api-Version", "2022-11-28");
                        return all;
                    },
                    () -> app.isPresent() ? Optional.of(LoginSource.APP) : token.source(),
                    session.clock());
        }

        GithubHost host(HostedRepository repository) {
            Optional<GithubApp> app = app();
            HostClient client = client(app);
            return new GithubHost(
                    site, client, repository, () -> app.map(GithubApp::user).orElseGet(() -> client.get("/user")));
        }
    }

    private static void createBitbucket(HostSite found, Shown shown) {
        if (BitbucketCloudHost.isAt(found)) {
            BitbucketCloudHost.create(found, shown.client(BitbucketCloudHost.API.toString()));
        } else {
            BitbucketServerHost.create(
                    found, shown.client(BitbucketServerHost.api(found).toString()));
        }
    }

    private static GitHost bitbucket(HostSite found, Shown shown, HostedRepository hosted) {
        if (BitbucketCloudHost.isAt(found)) {
            HostClient client = shown.client(BitbucketCloudHost.API.toString());
            return new BitbucketCloudHost(found, client, hosted);
        }
        return new BitbucketServerHost(
                found, shown.client(BitbucketServerHost.api(found).toString()), hosted);
    }

    /** What a host is shown to know who asks: looked up once, when the first request needs it. */
    private static final class Shown implements Supplier<Map<String, String>> {
        private final HostSite found;
        private final RemoteSite site;
        private final Session session;
        private Optional<Optional<HostLogin>> known = Optional.empty();

        Shown(HostSite found, RemoteSite site, Session session) {
            this.found = found;
            this.site = site;
            this.session = session;
        }

        HostClient client(String api) {
            return new HostClient(URI.create(api), this, this::source, session.clock());
        }

        Optional<LoginSource> source() {
            return login().map(HostLogin::source);
        }

        private Optional<HostLogin> login() {
            if (known.isEmpty()) {
                known = Optional.of(HostLogin.find(
                        site,
                        found.base(),
                        session.environment(),
                        session.cache().resolve("git")));
            }
            return known.get();
        }

        @Override
        public Map<String, String> get() {
            return login().map(each -> Map.of(
                            "Authorization",
                            found.kind() == HostConfig.Kind.GITLAB ? each.bearer() : each.authorization()))
                    .orElse(Map.of());
        }
    }
}
