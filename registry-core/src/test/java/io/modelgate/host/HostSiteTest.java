package io.modelgate.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.RemoteSite;
import io.modelgate.host.http.HostSite;
import io.modelgate.manifest.HostConfig;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSiteTest {
    private static Optional<HostSite> find(String address, String kind, String url) {
        return HostSite.find(
                RemoteSite.of(address),
                new HostConfig(HostConfig.Kind.parse(kind), Optional.of(url).filter(text -> !text.isEmpty())),
                Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/acme/models.git, local, '', GITHUB, https://github.com, acme/models",
        "git@gitlab.com:acme/risk/models.git, local, '', GITLAB, https://gitlab.com, acme/risk/models",
        "ssh://git@codeberg.org/acme/models, local, '', FORGEJO, https://codeberg.org, acme/models",
        "https://git.acme.example:8443/acme/models.git, gitea, '', GITEA, https://git.acme.example:8443, acme/models",
        "ssh://git@git.acme.example:2222/acme/models.git, gitea, 'https://git.acme.example:8443/', GITEA, "
                + "https://git.acme.example:8443, acme/models",
        "https://acme.example/git/acme/models.git, gitea, https://acme.example/git, GITEA, https://acme.example/git, "
                + "acme/models",
        "http://127.0.0.1:3000/acme/models.git, gitea, '', GITEA, http://127.0.0.1:3000, acme/models",
    })
    void tellsTheHostFromTheAddress(
            String address, String kind, String url, HostConfig.Kind found, URI base, String project) {
        assertThat(find(address, kind, url)).contains(new HostSite(found, base, project));
    }

    @Test
    void knowsThatARegistryKeepsItsOwnProposals() {
        assertThat(find("ssh://git@git.acme.example/acme/models.git", "local", ""))
                .isEmpty();
        assertThat(find("file:///srv/models.git", "gitea", "https://git.acme.example"))
                .isEmpty();
    }

    @Test
    void letsNoRegistrySendASecretToAnotherHost() {
        assertThat(find("https://git.acme.example/acme/models.git", "gitea", "https://evil.example"))
                .map(HostSite::base)
                .contains(URI.create("https://git.acme.example"));
    }

    @Test
    void sendsNoSecretUnencrypted() {
        assertThatThrownBy(() ->
                        find("ssh://git@git.acme.example/acme/models.git", "gitea", "http://git.acme.example:3000"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("not encrypted");
    }

    @Test
    void believesTheUser() {
        RemoteSite site = RemoteSite.of("ssh://git@alias/acme/models.git");

        assertThat(HostSite.find(site, HostConfig.LOCAL, Map.of(HostSite.OVERRIDE, "gitlab=https://git.acme.example")))
                .contains(new HostSite(HostConfig.Kind.GITLAB, URI.create("https://git.acme.example"), "acme/models"));
        for (String wrong :
                new String[] {"gitlab", "nothing=https://x.example", "local=https://x.example", "gitea=x"}) {
            assertThatThrownBy(() -> HostSite.find(site, HostConfig.LOCAL, Map.of(HostSite.OVERRIDE, wrong)))
                    .isInstanceOf(RegistryException.class);
        }
    }

    @Test
    void wantsOwnerAndName() {
        assertThatThrownBy(() -> find("https://git.acme.example/models.git", "gitea", "")
                        .orElseThrow()
                        .ownerAndName())
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("'models' is no repository of git.acme.example");
    }
}
