package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.transport.URIish;

/** What a Git host's API is shown to know who asks. Never shows the secret but in {@link #authorization} and {@link #bearer}. */
public final class HostLogin {
    private final Optional<String> user;
    private final String secret;
    private final LoginSource source;

    private HostLogin(Optional<String> user, String secret, LoginSource source) {
        this.user = user;
        this.secret = secret;
        this.source = source;
    }

    /** A name and a secret that are known. */
    public static HostLogin of(String user, String secret, LoginSource source) {
        return new HostLogin(Optional.of(user), secret, source);
    }

    /**
     * Looks, in this order, into the registry's address, the variable {@code MODELGATE_TOKEN}, and the credential helpers of
     * {@code git}.
     *
     * @param site the address of the registry; a secret in it goes to its own host only
     * @param host the host's address
     * @param folder where a credential helper is asked; made if it is not there
     */
    public static Optional<HostLogin> find(RemoteSite site, URI host, Map<String, String> environment, Path folder) {
        Optional<HostLogin> inAddress = site.login()
                .filter(login -> site.isOn(host) && !login.secret().isEmpty())
                .map(login -> new HostLogin(Optional.of(login.user()), login.secret(), LoginSource.ADDRESS));
        return inAddress
                .or(() -> Optional.ofNullable(environment.get(Credentials.TOKEN))
                        .filter(token -> !token.isBlank())
                        .map(token -> new HostLogin(Optional.empty(), token.strip(), LoginSource.VARIABLE)))
                .or(() -> ask(host, site.login().map(Login::user), environment, folder));
    }

    private static Optional<HostLogin> ask(
            URI host, Optional<String> user, Map<String, String> environment, Path folder) {
        try {
            Files.createDirectories(folder);
            return new CredentialHelper(folder, environment)
                    .fill(new URIish(host.toString()), user)
                    .map(login -> new HostLogin(Optional.of(login.user()), login.secret(), LoginSource.HELPER));
        } catch (URISyntaxException e) {
            throw RegistryException.usage(host + " is no address of a Git host.", "Give https://host.");
        } catch (IOException e) {
            throw RegistryException.environment(
                    "The folder " + folder + " cannot be made: " + Trouble.words(e) + ".",
                    "Check its permissions, or name another one with XDG_CACHE_HOME.",
                    e);
        }
    }

    /** The same for Git over HTTPS. */
    Optional<Login> login() {
        return user.map(name -> new Login(name, secret));
    }

    /** The value of the header {@code Authorization}: Basic with a user's name, Bearer for a token alone (RFC 7617, 6750). */
    public String authorization() {
        return user.map(name -> "Basic "
                        + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8)))
                .orElse("Bearer " + secret);
    }

    /** The same for a host that wants its token alone, whatever name came with it. */
    public String bearer() {
        return "Bearer " + secret;
    }

    /** Where it was found. */
    public LoginSource source() {
        return source;
    }

    @Override
    public String toString() {
        return user.orElse("token") + ":***";
    }
}
