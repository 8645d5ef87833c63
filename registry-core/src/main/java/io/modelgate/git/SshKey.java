package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The private key in {@code MODELGATE_SSH_KEY}, which stands for all that the user's home has. It is in memory and nowhere else. */
final class SshKey {
    /** The environment variable that holds a key: its text, not the name of a file. */
    static final String KEY = "MODELGATE_SSH_KEY";

    /** The one that holds its passphrase. */
    static final String PASSPHRASE = "MODELGATE_SSH_PASSPHRASE";

    private final List<KeyPair> pairs;

    private SshKey(List<KeyPair> pairs) {
        this.pairs = pairs;
    }

    /** What the environment gives; ENVIRONMENT when that is no key, or the passphrase does not open it. */
    static Optional<SshKey> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(KEY))
                .filter(text -> !text.isBlank())
                .map(text -> new SshKey(read(text, environment.getOrDefault(PASSPHRASE, ""))));
    }

    List<KeyPair> pairs() {
        return pairs;
    }

    private static List<KeyPair> read(String text, String passphrase) {
        try (InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))) {
            Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(KEY), bytes, FilePasswordProvider.of(passphrase));
            List<KeyPair> pairs = found == null
                    ? List.of()
                    : StreamSupport.stream(found.spliterator(), false).toList();
            if (pairs.isEmpty()) {
                throw unreadable();
            }
            return pairs;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Its words may have some of the key in them.
            throw unreadable();
        }
    }

    private static RegistryException unreadable() {
        return RegistryException.environment(
                "The SSH key in " + KEY + " cannot be read.",
                "Give the text of a private key as 'ssh-keygen' writes it, and its passphrase, if it has one, in "
                        + PASSPHRASE + ".",
                null);
    }
}
