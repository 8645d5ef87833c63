package io.modelgate.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** An SSH server that runs the real {@code git-upload-pack} and {@code git-receive-pack} for one key. */
final class GitSshServer implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();
    private final Path home;
    private final PublicKey hostKey;

    /**
     * @param home folder of the one who connects; gets a known host
     * @param type of its host key, as {@code ssh-keygen} calls it
     */
    GitSshServer(Path home, String type) throws Exception {
        this.home = home;
        Files.createDirectories(home.resolve(".ssh"));
        Path key = home.resolve("host_key");
        this.hostKey = make(type, key, "");
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(new FileKeyPairProvider(key));
        server.setCommandFactory(new ProcessShellCommandFactory());
        server.start();
        know(hostKey);
    }

    /** Makes a key, and lets its owner in. */
    void letIn(String type, String name, String passphrase) throws Exception {
        PublicKey known = make(type, home.resolve(".ssh").resolve(name), passphrase);
        server.setPublickeyAuthenticator((user, given, session) -> KeyUtils.compareKeys(known, given));
    }

    /** Makes a key with the {@code ssh-keygen} program, as people do. */
    private static PublicKey make(String type, Path key, String passphrase) throws Exception {
        run(Map.of(), "ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", key.toString());
        return PublicKeyEntry.parsePublicKeyEntry(
                        Files.readString(Path.of(key + ".pub")).strip())
                .resolvePublicKey(null, Map.of(), null);
    }

    void know(PublicKey key) throws IOException {
        Files.writeString(
                home.resolve(".ssh/known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key) + "\n");
    }

    PublicKey otherKey() throws Exception {
        return make("ed25519", home.resolve("other_key"), "");
    }

    int port() {
        return server.getPort();
    }

    /** What {@code ssh-keygen -l} says of its key. */
    String fingerprint() {
        return KeyUtils.getFingerPrint(hostKey);
    }

    String address(Path repository) {
        return "ssh://git@127.0.0.1:" + server.getPort() + repository;
    }

    static String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
