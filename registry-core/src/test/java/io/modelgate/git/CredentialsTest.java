package io.modelgate.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    private static final String TOKEN = "s3cr3t-t0ken";

    @TempDir
    Path folder;

    private Credentials credentials(String address, RenewedLogin renewed) {
        Map<String, String> environment = Map.of(Credentials.TOKEN, TOKEN, "HOME", folder.toString());
        return new Credentials(
                RemoteAddress.parse(address), environment, new CredentialHelper(folder, environment), renewed);
    }

    /** Name and secret as they go to a server, or nothing. */
    private static String given(Credentials credentials, String address) {
        CredentialItem.Username name = new CredentialItem.Username();
        CredentialItem.Password secret = new CredentialItem.Password();
        return credentials.get(RemoteAddress.parse(address).uri(), name, secret)
                ? name.getValue() + ":" + new String(secret.getValue())
                : "";
    }

    private String given(String address) {
        return given(credentials(address, RenewedLogin.NONE), address);
    }

    @Test
    void saysTheNameThatAHostAsksForBesideAToken() {
        assertThat(given("https://bitbucket.org/acme/models.git")).isEqualTo("x-token-auth:" + TOKEN);
        assertThat(given("https://BitBucket.org/acme/models.git")).isEqualTo("x-token-auth:" + TOKEN);
        assertThat(given("https://jane@bitbucket.org/acme/models.git")).isEqualTo("jane:" + TOKEN);
        assertThat(given("https://bitbucket.org.acme.example/acme/models.git")).isEqualTo("x-access-token:" + TOKEN);
        assertThat(given("https://github.com/acme/models.git")).isEqualTo("x-access-token:" + TOKEN);
    }

    @Test
    void givesASecretToNoOtherHost() {
        Credentials credentials = credentials("https://bitbucket.org/acme/models.git", RenewedLogin.NONE);

        assertThat(given(credentials, "https://bitbucket.org.evil.example/acme/models.git"))
                .isEmpty();
        assertThat(given(credentials, "https://bitbucket.org:8443/acme/models.git"))
                .isEmpty();
    }

    @Test
    void asksForALoginThatEndsBeforeEachConversation() {
        String address = "https://github.com/acme/models.git";
        Iterator<String> secrets = List.of("one", "two").iterator();
        Credentials credentials = credentials(
                address, () -> Optional.of(HostLogin.of("x-access-token", secrets.next(), LoginSource.APP)));

        credentials.begin();
        assertThat(given(credentials, address)).isEqualTo("x-access-token:one");
        assertThat(given(credentials, address)).isEqualTo("x-access-token:one");
        credentials.begin();
        assertThat(given(credentials, address)).isEqualTo("x-access-token:two");
    }

    @Test
    void triesAllAgainInTheNextConversationWhenAllWasRefused() {
        String address = "https://github.com/acme/models.git";
        Credentials credentials =
                credentials(address, () -> Optional.of(HostLogin.of("app", "ended", LoginSource.APP)));
        credentials.begin();

        assertThat(given(credentials, address)).isEqualTo("app:ended");
        credentials.reset(RemoteAddress.parse(address).uri());
        assertThat(given(credentials, address)).isEqualTo("x-access-token:" + TOKEN);
        credentials.reset(RemoteAddress.parse(address).uri());
        assertThat(given(credentials, address)).isEmpty();

        credentials.begin();
        assertThat(given(credentials, address)).isEqualTo("app:ended");
    }
}
