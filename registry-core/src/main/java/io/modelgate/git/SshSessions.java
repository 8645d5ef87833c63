package io.modelgate.git;

import java.io.File;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshConfigStore;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * Connects over SSH as the user is used to: {@code ~/.ssh/config}, keys, ssh-agent, and only to hosts in {@code known_hosts}.
 * A key that the environment gives is the only one that is tried.
 * One session serves all fetches and pushes of a command.
 */
final class SshSessions extends SshSessionFactory implements AutoCloseable {
    private final Map<String, String> environment;
    private final Optional<SshKey> given;
    private @Nullable Factory factory;
    private @Nullable RemoteSession kept;

    SshSessions(Map<String, String> environment, Optional<SshKey> given) {
        this.environment = environment;
        this.given = given;
    }

    @Override
    public RemoteSession getSession(URIish uri, @Nullable CredentialsProvider credentials, FS fs, int timeout)
            throws TransportException {
        RemoteSession session = kept;
        if (session == null) {
            session = connect(uri, credentials, fs, timeout);
            kept = session;
        }
        return session;
    }

    private RemoteSession connect(URIish uri, @Nullable CredentialsProvider credentials, FS fs, int timeout)
            throws TransportException {
        Factory connecting = factory();
        try {
            return connecting.getSession(uri, credentials, fs, timeout);
        } catch (TransportException e) {
            Optional<HostKeys.Refusal> refused = connecting.takeRefused();
            throw refused.isPresent() ? new HostKeyRefusedException(refused.get(), e) : e;
        }
    }

    /** Whether an earlier connection is used again, which may have broken meanwhile. */
    boolean isReusing() {
        return kept != null;
    }

    /** Whether the environment gives the key. */
    boolean isKeyGiven() {
        return given.isPresent();
    }

    /** Forgets the session: the next use connects anew. */
    void drop() {
        RemoteSession session = kept;
        kept = null;
        if (session != null) {
            session.disconnect();
        }
    }

    @Override
    public void releaseSession(RemoteSession session) {
        // It is kept for the next fetch or push.
    }

    @Override
    public String getType() {
        return "modelgate";
    }

    private Factory factory() {
        Factory made = factory;
        if (made == null) {
            made = new Factory(environment, given);
            factory = made;
        }
        return made;
    }

    @Override
    public void close() {
        drop();
        Factory made = factory;
        if (made != null) {
            made.close();
        }
    }

    /** JGit's own, with keys only, this user's home, and a memory of the host key that it refused. */
    private static final class Factory extends SshdSessionFactory {
        private final Map<String, String> environment;
        private final Optional<SshKey> given;
        private @Nullable HostKeys keys;

        Factory(Map<String, String> environment, Optional<SshKey> given) {
            this.environment = environment;
            this.given = given;
            Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
            setHomeDirectory(home.toFile());
            setSshDirectory(home.resolve(".ssh").toFile());
        }

        Optional<HostKeys.Refusal> takeRefused() {
            return Optional.ofNullable(keys).flatMap(HostKeys::takeRefused);
        }

        @Override
        protected ServerKeyDatabase createServerKeyDatabase(File home, File ssh) {
            HostKeys made = new HostKeys(
                    super.createServerKeyDatabase(home, ssh), ssh.toPath().resolve("known_hosts"));
            keys = made;
            return made;
        }

        @Override
        protected String getDefaultPreferredAuthentications() {
            return "publickey";
        }

        @Override
        protected SshConfigStore createSshConfigStore(File home, File config, String localUser) {
            SshConfigStore whole = super.createSshConfigStore(home, config, localUser);
            return given.isPresent() ? new GivenKeyConfig(whole) : whole;
        }

        @Override
        protected Iterable<KeyPair> getDefaultKeys(File ssh) {
            return given.isPresent() ? given.get().pairs() : super.getDefaultKeys(ssh);
        }

        @Override
        protected @Nullable ConnectorFactory getConnectorFactory() {
            return given.isPresent() ? null : new SshAgents(environment);
        }
    }
}
