package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;

/** Fetches from one address and pushes to it. */
final class RemoteConnection implements AutoCloseable {
    private static final int FETCH_SECONDS = 60;

    /** The gate runs on the other side, and may have to read many bytes before it answers. */
    private static final int PUSH_SECONDS = 900;

    private final RemoteAddress address;
    private final Function<RemoteAddress, RemoteConnection> others;
    private final Credentials credentials;
    private final SshSessions ssh;

    RemoteConnection(RemoteAddress address, Map<String, String> environment, RenewedLogin renewed, Path folder) {
        this(address, environment, renewed, new CredentialHelper(folder, environment));
    }

    private RemoteConnection(
            RemoteAddress address, Map<String, String> environment, RenewedLogin renewed, CredentialHelper helper) {
        this.address = address;
        this.others = other -> new RemoteConnection(other, environment, renewed, helper.untold());
        this.credentials = new Credentials(address, environment, helper, renewed);
        this.ssh = new SshSessions(environment, address.isSsh() ? SshKey.of(environment) : Optional.empty());
    }

    /** A connection to another repository on the same host. */
    RemoteConnection beside(String path) {
        return others.apply(address.beside(path));
    }

    /** Brings the refs of a copy, and what they need, up to date. */
    void fetch(Repository copy) throws IOException {
        boolean again = ssh.isReusing();
        try {
            fetchOnce(copy);
        } catch (TransportException e) {
            ssh.drop();
            if (!again) {
                throw e;
            }
            fetchOnce(copy);
        }
    }

    private void fetchOnce(Repository copy) throws IOException {
        try (Transport transport = open(copy, FETCH_SECONDS);
                FetchConnection connection = transport.openFetch(Mirror.SPECS)) {
            new Mirror(copy).update(connection);
        }
        credentials.accepted();
    }

    /** Brings what one ref points to, without a ref for it in the copy; empty when there is no such ref. */
    Optional<CommitId> fetch(Repository copy, String name) throws IOException {
        try (Transport transport = open(copy, FETCH_SECONDS);
                FetchConnection connection = transport.openFetch(List.of(new RefSpec(name)))) {
            Ref ref = connection.getRef(name);
            if (ref == null || ref.getObjectId() == null) {
                return Optional.empty();
            }
            if (!copy.getObjectDatabase().has(ref.getObjectId())) {
                connection.fetch(NullProgressMonitor.INSTANCE, Set.of(ref), Set.of());
            }
            credentials.accepted();
            return Optional.of(CommitId.of(ref.getObjectId()));
        } catch (TransportException e) {
            ssh.drop();
            throw e;
        }
    }

    /** Brings what every ref points to, without refs for it in the copy. */
    Map<String, ObjectId> fetchAll(Repository copy) throws IOException {
        try (Transport transport = open(copy, FETCH_SECONDS);
                FetchConnection connection = transport.openFetch()) {
            Map<String, ObjectId> tips = new LinkedHashMap<>();
            Map<ObjectId, Ref> missing = new LinkedHashMap<>(); // many refs may point to the same
            for (Ref ref : connection.getRefs()) {
                ObjectId tip = ref.getObjectId();
                if (tip != null) {
                    tips.put(ref.getName(), tip);
                    if (!missing.containsKey(tip) && !copy.getObjectDatabase().has(tip)) {
                        missing.put(tip, ref);
                    }
                }
            }
            if (!missing.isEmpty()) {
                connection.fetch(NullProgressMonitor.INSTANCE, missing.values(), Set.of());
            }
            credentials.accepted();
            return tips;
        } catch (TransportException e) {
            ssh.drop();
            throw e;
        }
    }

    /** Moves refs on the other side, all or none, if they are where they are expected. */
    PushResult push(Repository copy, List<RefChange> changes) throws IOException {
        try (Transport transport = open(copy, PUSH_SECONDS)) {
            transport.setPushAtomic(changes.size() > 1);
            transport.setPushThin(true);
            // Otherwise JGit would play the receiving side itself, and no hook would run.
            transport.setOptionReceivePack(address.file().isPresent() ? "exec git receive-pack" : "git-receive-pack");
            List<RemoteRefUpdate> updates = new ArrayList<>();
            for (RefChange change : changes) {
                updates.add(update(copy, change));
            }
            PushResult result = transport.push(NullProgressMonitor.INSTANCE, updates);
            credentials.accepted();
            return result;
        } catch (TransportException e) {
            ssh.drop();
            throw e;
        }
    }

    private static RemoteRefUpdate update(Repository copy, RefChange change) throws IOException {
        ObjectId next = change.next().map(CommitId::toObjectId).orElse(ObjectId.zeroId());
        return new RemoteRefUpdate(copy, change.ref(), next, change.ref(), true, null, RefMoves.id(change.expected()));
    }

    private Transport open(Repository copy, int seconds) throws NotSupportedException, TransportException {
        Transport transport = Transport.open(copy, address.uri());
        transport.setTimeout(seconds);
        if (address.isHttp()) {
            credentials.begin();
            transport.setCredentialsProvider(credentials);
        }
        if (transport instanceof SshTransport secure) {
            secure.setSshSessionFactory(ssh);
        }
        return transport;
    }

    /** What is wrong with the way there, in words. */
    RegistryException trouble(Exception trouble) {
        return RemoteTrouble.of(address, credentials.refused(), ssh.isKeyGiven(), trouble);
    }

    @Override
    public void close() {
        ssh.close();
    }
}
