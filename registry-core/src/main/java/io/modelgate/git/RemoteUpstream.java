package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** Moves refs on another machine by atomic pushes with leases, and keeps a copy of its refs and objects. */
final class RemoteUpstream implements Upstream {
    /** So old a copy is as good as new: a ref that moved meanwhile is found out when it is published. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final RemoteAddress address;
    private final RemoteCache cache;
    private final RemoteConnection connection;
    private final Repository copy;
    private long fetchedAt;

    private RemoteUpstream(RemoteAddress address, RemoteCache cache, RemoteConnection connection, Repository copy) {
        this.address = address;
        this.cache = cache;
        this.connection = connection;
        this.copy = copy;
        this.fetchedAt = System.nanoTime();
    }

    /** Opens the copy of a repository and brings it up to date. */
    static RemoteUpstream open(RemoteAddress address, RemoteCache cache, RemoteConnection connection) {
        try (FileMutex turn = cache.turn()) {
            Repository copy = cache.open();
            try {
                connection.fetch(copy);
            } catch (IOException | IllegalArgumentException e) {
                copy.close();
                if (!isDamage(e)) {
                    throw e;
                }
                copy = cache.remake();
                connection.fetch(copy);
            }
            turn.clear();
            return new RemoteUpstream(address, cache, connection, copy);
        } catch (NotSupportedException | TransportException e) {
            throw connection.trouble(e);
        } catch (IOException e) {
            throw cache.unusable(e);
        }
    }

    Repository copy() {
        return copy;
    }

    @Override
    public void refresh() {
        if (System.nanoTime() - fetchedAt > FRESH.toNanos()) {
            fetch();
        }
    }

    @Override
    public void refreshNow() {
        fetch();
    }

    @Override
    public Optional<CommitId> bring(String ref) {
        return bring(connection, ref);
    }

    @Override
    public Optional<CommitId> bring(String path, String ref) {
        try (RemoteConnection other = connection.beside(path)) {
            return bring(other, ref);
        }
    }

    @Override
    public Map<String, ObjectId> everything() {
        try (FileMutex turn = cache.turn()) {
            Map<String, ObjectId> tips = connection.fetchAll(copy);
            turn.clear();
            return tips;
        } catch (NotSupportedException | TransportException e) {
            throw connection.trouble(e);
        } catch (IOException e) {
            throw cache.unusable(e);
        }
    }

    private Optional<CommitId> bring(RemoteConnection source, String ref) {
        try (FileMutex turn = cache.turn()) {
            Optional<CommitId> brought = source.fetch(copy, ref);
            turn.clear();
            return brought;
        } catch (NotSupportedException | TransportException e) {
            throw source.trouble(e);
        } catch (IOException e) {
            throw cache.unusable(e);
        }
    }

    private void fetch() {
        try (FileMutex turn = cache.turn()) {
            connection.fetch(copy);
            fetchedAt = System.nanoTime();
            turn.clear();
        } catch (NotSupportedException | TransportException e) {
            throw connection.trouble(e);
        } catch (IOException e) {
            throw cache.unusable(e);
        }
    }

    @Override
    public PublishResult publish(List<RefChange> changes) {
        PublishResult result;
        try {
            result = PushReply.read(connection.push(copy, changes));
        } catch (NotSupportedException | TransportException e) {
            if (!isDone(changes)) {
                throw connection.trouble(e);
            }
            result = new PublishResult.Published();
        } catch (IOException e) {
            throw cache.unusable(e);
        }
        if (result instanceof PublishResult.Published) {
            follow(changes);
        } else {
            fetch();
        }
        return result;
    }

    /** Whether a push whose answer did not arrive was done all the same. */
    private boolean isDone(List<RefChange> changes) {
        try {
            fetch();
            for (RefChange change : changes) {
                Ref ref = copy.exactRef(change.ref());
                ObjectId there = ref == null ? ObjectId.zeroId() : ref.getObjectId();
                if (!RefMoves.id(change.next()).equals(there)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | RegistryException e) {
            // The first trouble is the one to tell.
            return false;
        }
    }

    /** Moves the refs of the copy too, unless another process has fetched something newer. */
    private void follow(List<RefChange> changes) {
        try (FileMutex turn = cache.turn()) {
            for (RefChange change : changes) {
                RefUpdate update = copy.updateRef(change.ref(), true);
                update.setExpectedOldObjectId(RefMoves.id(change.expected()));
                update.setForceUpdate(true);
                update.disableRefLog();
                if (change.next().isEmpty()) {
                    update.delete();
                } else {
                    update.setNewObjectId(RefMoves.id(change.next()));
                    update.update();
                }
            }
            turn.clear();
        } catch (IOException e) {
            throw cache.unusable(e);
        }
    }

    private static boolean isDamage(Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CopyDamagedException
                    || cause instanceof MissingObjectException
                    || cause instanceof CorruptObjectException
                    || cause instanceof IllegalArgumentException) {
                return true;
            }
        }
        return !(thrown instanceof NotSupportedException) && !(thrown instanceof TransportException);
    }

    @Override
    public Optional<Path> home(Path repository) {
        return address.file().map(file -> file.toAbsolutePath().normalize().resolveSibling(""));
    }

    @Override
    public void close() {
        connection.close();
    }
}
