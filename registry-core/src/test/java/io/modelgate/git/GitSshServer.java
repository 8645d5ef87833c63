package io.modelgate.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Collections;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** An SSH server that runs the real {@code git-upload-pack} and {@code git-receive-pack} for one key. */
final class GitSshServer implements AutoCloseable {
    private final SshServer server = SshServer.setUpDefaultServer();
    private final Path home;
    private final KeyPair hostKey;

    /** @param home folder of the one who connects; gets a key and a known host */
    GitSshServer(Path home) throws Exception {
        this.home = home;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        this.hostKey = generator.generateKeyPair();
        Files.createDirectories(home.resolve(".ssh"));
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(session -> Collections.singletonList(hostKey));
        server.setCommandFactory(new ProcessShellCommandFactory());
        server.start();
        know(hostKey.getPublic());
    }

    /** Makes a key with the {@code ssh-keygen} program, and lets its owner in. */
    void letIn(String name, String passphrase) throws Exception {
        Path key = home.resolve(".ssh").resolve(name);
        run(Map.of(), "ssh-keygen", "-q", "-t", "ecdsa", "-N", passphrase, "-f", key.toString());
        PublicKey known = PublicKeyEntry.parsePublicKeyEntry(
                        Files.readString(Path.of(key + ".pub")).strip())
                .resolvePublicKey(null, Map.of(), null);
        server.setPublickeyAuthenticator((user, given, session) -> KeyUtils.compareKeys(known, given));
    }

    void know(PublicKey key) throws IOException {
        Files.writeString(
                home.resolve(".ssh/known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key) + "\n");
    }

    static PublicKey otherKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair().getPublic();
    }

    int port() {
        return server.getPort();
    }

    /** What {@code ssh-keygen -l} says of its key. */
    String fingerprint() {
        return KeyUtils.getFingerPrint(hostKey.getPublic());
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
