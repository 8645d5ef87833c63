package io.modelgate.store.oci;

import io.modelgate.store.AnnouncedBytes;
import io.modelgate.store.FileDigest;
import io.modelgate.store.GivenUpException;
import io.modelgate.store.http.Ask;
import io.modelgate.store.http.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings a blob into a repository (distribution specification, pushing blobs). Small ones go in one request; large ones in chunks,
 * each of which is held until the registry has it, so that a broken connection costs no more than a chunk; in one stream where
 * a registry knows no chunks.
 */
final class BlobUpload {
    /** The largest that Amazon's registry takes as least, and a little more; 16 of them side by side still are 100 MB. */
    static final int CHUNK = 6 << 20;

    private static final int LARGEST_CHUNK = 32 << 20;
    private static final int MOST_TRIES = 5;
    private static final int MOST_STARTS = 3;
    private static final long PAUSE_NANOS = 300_000_000;
    private static final Set<Integer> NO_CHUNKS = Set.of(400, 404, 405, 411, 413, 415, 416, 501);
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final OciRepository repository;
    private final AtomicBoolean chunks;

    /** @param chunks whether the registry takes chunks, as far as is known; shared by all uploads to it */
    BlobUpload(OciRepository repository, AtomicBoolean chunks) {
        this.repository = repository;
        this.chunks = chunks;
    }

    /** The registry lost, or never had, what was sent; all of it may be sent again. */
    private static final class LostException extends IOException {
        private static final long serialVersionUID = 1L;

        LostException(String why) {
            super(why);
        }
    }

    /** Small bytes that are known already, such as a configuration. */
    void send(Descriptor blob, byte[] bytes) throws IOException {
        try (Reply there = repository.client().send(Ask.of("HEAD", repository.blob(blob.digest())))) {
            if (there.ok()) {
                return;
            }
        }
        FileDigest file = new FileDigest("config.json", blob.digest(), bytes.length);
        finish(begin().location(), file, bytes);
    }

    void send(FileDigest file, AnnouncedBytes bytes) throws IOException {
        for (int start = 1; ; start++) {
            Session session = begin();
            try {
                send(session, file, bytes);
                return;
            } catch (LostException e) {
                session.giveUp();
                if (start >= MOST_STARTS) {
                    throw e;
                }
                bytes.restart();
            } catch (IOException | RuntimeException e) {
                session.giveUp();
                throw e;
            }
        }
    }

    private void send(Session session, FileDigest file, AnnouncedBytes bytes) throws IOException {
        int most = session.chunk;
        if (file.size() <= most) {
            byte[] all = bytes.next(most);
            bytes.requireRight();
            finish(session.location(), file, all);
            bytes.taken(all.length);
        } else if (chunks.get()) {
            session.sendChunks(bytes);
            bytes.requireRight();
            finish(session.location(), file, new byte[0]);
        } else {
            stream(session.location(), file, bytes);
        }
    }

    private Session begin() throws IOException {
        try (Reply reply = repository
                .client()
                .send(Ask.of("POST", repository.at("/blobs/uploads/"))
                        .sending("application/octet-stream", new byte[0]))) {
            if (reply.status() != 202) {
                throw repository.client().trouble(reply, "a new blob in " + repository.name());
            }
            OptionalLong least = reply.number("oci-chunk-min-length");
            int chunk = (int) Math.max(CHUNK, Math.min(LARGEST_CHUNK, least.orElse(CHUNK)));
            return new Session(repository.client().location(reply), chunk);
        }
    }

    /** An upload that has begun. */
    private final class Session {
        private final int chunk;
        private URI location;
        private long taken;

        Session(URI location, int chunk) {
            this.location = location;
            this.chunk = chunk;
        }

        URI location() {
            return location;
        }

        void sendChunks(AnnouncedBytes bytes) throws IOException {
            for (byte[] next = bytes.next(chunk); next.length > 0; next = bytes.next(chunk)) {
                if (taken + next.length > bytes.size()) {
                    bytes.requireRight(); // It is too long, and says so.
                }
                long end = taken + next.length;
                for (int tries = 1; taken < end; tries++) {
                    sendRest(next, end, tries);
                }
                bytes.taken(next.length);
            }
        }

        private void sendRest(byte[] bytes, long end, int tries) throws IOException {
            int done = (int) (taken - (end - bytes.length));
            byte[] rest = done == 0 ? bytes : Arrays.copyOfRange(bytes, done, bytes.length);
            Ask ask = Ask.of("PATCH", location)
                    .with("Content-Range", taken + "-" + (end - 1))
                    .sending("application/octet-stream", rest)
                    .once();
            try (Reply reply = repository.client().send(ask)) {
                if (reply.ok()) {
                    location = repository.client().location(reply);
                    taken = received(reply, end, bytes.length).orElse(end);
                    return;
                }
                if (taken == 0 && NO_CHUNKS.contains(reply.status())) {
                    chunks.set(false);
                    throw new LostException("the registry takes no chunks");
                }
                if (reply.status() == 401 || reply.status() == 403) {
                    throw repository.client().trouble(reply, "a blob in " + repository.name());
                }
                if (tries >= MOST_TRIES) {
                    throw repository.client().trouble(reply, "a chunk of a blob in " + repository.name());
                }
            } catch (LostException | GivenUpException e) {
                throw e;
            } catch (IOException e) {
                if (tries >= MOST_TRIES) {
                    throw e;
                }
            }
            pause(tries);
            ask(end, bytes.length);
        }

        /** How far the registry came before the connection broke. */
        private void ask(long end, int length) throws IOException {
            try (Reply reply = repository.client().send(Ask.of("GET", location))) {
                if (!reply.ok()) {
                    throw new LostException("the registry forgot an upload (" + reply.words() + ")");
                }
                if (reply.header("location").isPresent()) {
                    location = repository.client().location(reply);
                }
                taken = received(reply, end, length)
                        .orElseThrow(() -> new LostException("the registry does not say what it has of an upload"));
            }
        }

        private Optional<Long> received(Reply reply, long end, int length) throws IOException {
            Matcher range = RANGE.matcher(reply.header("range").orElse(""));
            if (!range.matches()) {
                return Optional.empty();
            }
            long last = Long.parseLong(range.group(1));
            // '0-0' is what many say of an upload without a byte.
            long count = last == 0 ? 0 : last + 1;
            if (count < end - length || count > end) {
                throw new LostException("the registry has other parts of an upload than were sent");
            }
            return Optional.of(count);
        }

        private void giveUp() {
            try (Reply reply =
                    repository.client().send(Ask.of("DELETE", location).once())) {
                reply.ok(); // It would end by itself some day, too.
            } catch (IOException | RuntimeException e) {
                // What matters is the trouble before.
            }
        }
    }

    private static void pause(int tries) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_NANOS / 2, PAUSE_NANOS) * tries);
    }

    private void stream(URI location, FileDigest file, AnnouncedBytes bytes) throws IOException {
        try (AnnouncedStream stream = new AnnouncedStream(bytes);
                Reply reply = stream.orItsTrouble(() -> repository
                        .client()
                        .send(Ask.of("PUT", withDigest(location, file)).sending(stream, file.size())))) {
            if (!reply.ok()) {
                throw repository.client().trouble(reply, file.path());
            }
        }
    }

    private void finish(URI location, FileDigest file, byte[] last) throws IOException {
        try (Reply reply = repository
                .client()
                .send(Ask.of("PUT", withDigest(location, file)).sending("application/octet-stream", last))) {
            if (reply.ok()) {
                return;
            }
            // The answer to an earlier try may have been lost on the way: then the upload is no more, and the blob is
            // there.
            if (reply.status() != 404 || !isThere(file)) {
                throw repository.client().trouble(reply, file.path());
            }
        }
    }

    private boolean isThere(FileDigest file) throws IOException {
        try (Reply reply = repository.client().send(Ask.of("HEAD", repository.blob(file.digest())))) {
            return reply.ok();
        }
    }

    private static URI withDigest(URI location, FileDigest file) {
        return URI.create(location + (location.getRawQuery() == null ? "?" : "&") + "digest=" + file.digest());
    }
}
