package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.VersionId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What a server of one kind can do with objects. Verifying, resuming, several parts at once and words for people are the same for
 * all and in {@link RemoteStore}. Used by many threads at once.
 *
 * <p>A server that cannot be reached or breaks off is an {@link IOException}, and asked again; one that refuses is a
 * {@link RegistryException} with a remedy, and final. Requests that a server is too busy for are repeated here, as it asks
 * ({@code Retry-After}). No wait for bytes lasts longer than a minute.
 */
public interface RemoteObjects {
    /** How many bytes an object has; empty when it is not there. */
    OptionalLong size(FileDigest file) throws IOException;

    /**
     * Bytes of an object. When all of it is asked for, so is the server, without a range: what it has too much is then seen.
     *
     * @param from the first byte, at least 0
     * @param length how many bytes; 0 only for an empty object
     * @throws MissingObjectException when the object is not there
     */
    Piece read(FileDigest file, long from, long length) throws IOException;

    /**
     * Whether parts of this object can be read for no more than their size. If not, it is read in one go: of a server that sends
     * everything up to a part, many parts would be many times the object.
     */
    default boolean hasRanges(FileDigest file) throws IOException {
        return true;
    }

    /**
     * Makes the server hold an object. It must never appear there before {@link AnnouncedBytes#requireRight} was content.
     *
     * @param replace whether the server has other bytes in its place; if not, and somebody else is faster, theirs stay
     */
    void write(FileDigest file, AnnouncedBytes bytes, boolean replace) throws IOException;

    /**
     * Makes the server hold a small object without asking first whether it is there, which would cost a request for each file.
     *
     * @return false when something is there, right or wrong, or the kind of server always wants to be asked; then nothing was done
     */
    default boolean writeNew(FileDigest file, AnnouncedBytes bytes) throws IOException {
        return false;
    }

    /** The part that is for one model. */
    default RemoteObjects of(ModelName model) {
        return this;
    }

    /** See {@link ArtifactStore#complete}. */
    default void complete(VersionId version, List<FileDigest> files) throws IOException {}

    /** See {@link ArtifactStore#attach}. */
    default void attach(VersionId version, List<FileDigest> files, Attachment attachment) throws IOException {}

    /** See {@link ArtifactStore#list}. */
    default boolean list(Consumer<StoredObject> each) throws IOException {
        return false;
    }

    /**
     * Makes the date of an object new, which is there and right, so that nobody takes it for rubbish that is old.
     *
     * @return false when it was not done, or the object is gone; then it is put again
     */
    default boolean renew(FileDigest file) throws IOException {
        return true;
    }

    /** When an object came, or was last renewed; empty when it is not there, or the server does not tell. */
    default Optional<Instant> modified(Digest digest) throws IOException {
        return Optional.empty();
    }

    /** See {@link ArtifactStore#removedByHand}. */
    default Optional<String> removedByHand() {
        return Optional.empty();
    }

    /** Takes an object away for good, if it is there. USAGE where that cannot be done. */
    default void remove(Digest digest) throws IOException {
        throw RegistryException.usage("This store is only read.", "Use the means of its server.");
    }

    /**
     * Bytes that come.
     *
     * @param bytes closed by whoever asked; never waits for longer than a minute
     * @param total how many bytes the whole object has, where the server says so
     * @param before how many bytes come first that nobody asked for, from a server that gives no parts
     */
    record Piece(InputStream bytes, OptionalLong total, long before) {
        /** Nothing but what was asked for. */
        public Piece(InputStream bytes, OptionalLong total) {
            this(bytes, total, 0);
        }
    }
}
