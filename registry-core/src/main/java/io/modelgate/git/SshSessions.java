package io.modelgate.git;

import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * Connects over SSH as the user is used to: {@code ~/.ssh/config}, keys, ssh-agent, and only to hosts in {@code known_hosts}.
 * One session serves all fetches and pushes of a command.
 */
final class SshSessions extends SshSessionFactory implements AutoCloseable {
    private final Map<String, String> environment;
    private @Nullable SshdSessionFactory factory;
    private @Nullable RemoteSession kept;

    SshSessions(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public RemoteSession getSession(URIish uri, @Nullable CredentialsProvider credentials, FS fs, int timeout)
            throws TransportException {
        RemoteSession session = kept;
        if (session == null) {
            session = factory().getSession(uri, credentials, fs, timeout);
            kept = session;
        }
        return session;
    }

    /** Whether an earlier connection is used again, which may have broken meanwhile. */
    boolean isReusing() {
        return kept != null;
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

    private SshdSessionFactory factory() {
        SshdSessionFactory made = factory;
        if (made == null) {
            Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
            made = new SshdSessionFactoryBuilder()
                    .setPreferredAuthentications("publickey")
                    .setHomeDirectory(home.toFile())
                    .setSshDirectory(home.resolve(".ssh").toFile())
                    .setConnectorFactory(new SshAgents(environment))
                    .build(null);
            factory = made;
        }
        return made;
    }

    @Override
    public void close() {
        drop();
        SshdSessionFactory made = factory;
        if (made != null) {
            made.close();
        }
    }
}
