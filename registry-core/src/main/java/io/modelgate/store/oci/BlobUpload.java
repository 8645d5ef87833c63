package io.modelgate.store.oci;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.AnnouncedBytes;
import io.modelgate.store.FileDigest;
import io.modelgate.store.GivenUpException;
import io.modelgate.store.http.Ask;
import io.modelgate.store.http.Patience;
import io.modelgate.store.http.Reply;
import java.io.IOException;
import java.io.InterruptedIOException;
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
 * each of which is held until the registry has it, so that a broken connection costs no more than a chunk where the registry keeps
 * what it got; in one stream where a registry knows no chunks. A later run goes on with what one that was killed has sent.
 */
final class BlobUpload {
    /** The largest that Amazon's registry takes as least, and a little more; 16 of them side by side still are 100 MB. */
    static final int CHUNK = 6 << 20;

    private static final int LARGEST_CHUNK = 32 << 20;
    private static final int MOST_TRIES = 5;
    private static final int MOST_STARTS = 3;
    private static final Set<Integer> NO_CHUNKS = Set.of(400, 404, 405, 411, 413, 415, 416, 501);
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final OciRepository repository;
    private final AtomicBoolean chunks;
    private final BegunUploads begun;

    /**
     * @param chunks whether the registry takes chunks, as far as is known; shared by all uploads to it
     * @param begun what earlier runs left
     */
    BlobUpload(OciRepository repository, AtomicBoolean chunks, BegunUploads begun) {
        this.repository = repository;
        this.chunks = chunks;
        this.begun = begun;
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
        finish(begin(BegunUploads.none().note(repository.blob(blob.digest()))).location(), file, bytes, false);
    }

    void send(FileDigest file, AnnouncedBytes bytes) throws IOException {
        boolean isLarge = file.size() > CHUNK && chunks.get();
        try (BegunUploads.Note note = (isLarge ? begun : BegunUploads.none()).note(repository.blob(file.digest()))) {
            for (int start = 1; ; start++) {
                Session session = start == 1 ? goOn(note, bytes) : begin(note);
                try {
                    send(session, file, bytes);
                    note.forget();
                    return;
                } catch (LostException e) {
                    session.giveUp();
                    if (start >= MOST_STARTS) {
                        throw e;
                    }
                    bytes.restart();
                } catch (IOException | RuntimeException e) {
                    if (!note.isKept() || isAboutTheBytes(e)) {
                        session.giveUp();
                    }
                    throw e;
                }
            }
        }
    }

    private static boolean isAboutTheBytes(Exception e) {
        return e instanceof RegistryException told && told.kind() == RegistryException.Kind.INTEGRITY;
    }

    /** An upload that an earlier run began and the registry still has; a new one otherwise. */
    private Session goOn(BegunUploads.Note note, AnnouncedBytes bytes) throws IOException {
        Optional<BegunUploads.Begun> left = note.begun()
                .filter(each -> each.chunk() >= CHUNK && each.chunk() <= LARGEST_CHUNK && each.chunk() < bytes.size());
        if (left.isPresent()) {
            Session session = new Session(left.get(), note, true);
            try {
                session.goOn(bytes);
                return session;
            } catch (LostException | RegistryException e) {
                return anew(session, note, bytes);
            } catch (InterruptedIOException | GivenUpException e) {
                throw e;
            } catch (IOException e) {
                if (repository.client().isHome(session.location())) {
                    throw e; // The registry still has it, as far as anybody knows.
                }
                return anew(session, note, bytes);
            }
        }
        return begin(note);
    }

    /** What an earlier run sent is given up once the registry has begun something else: it may only be out of reach for now. */
    private Session anew(Session old, BegunUploads.Note note, AnnouncedBytes bytes) throws IOException {
        Session fresh = begin(note);
        old.giveUp();
        bytes.restart();
        return fresh;
    }

    private void send(Session session, FileDigest file, AnnouncedBytes bytes) throws IOException {
        int most = session.chunk();
        if (file.size() <= most) {
            byte[] all = bytes.next(most);
            bytes.requireRight();
            finish(session.location(), file, all, false);
            bytes.taken(all.length);
        } else if (chunks.get()) {
            session.sendChunks(bytes);
            bytes.requireRight();
            finish(session.location(), file, new byte[0], session.isOfEarlierRun);
        } else {
            stream(session.location(), file, bytes);
        }
    }

    private Session begin(BegunUploads.Note note) throws IOException {
        try (Reply reply = repository
                .client()
                .send(Ask.of("POST", repository.at("/blobs/uploads/"))
                        .sending("application/octet-stream", new byte[0]))) {
            if (reply.status() != 202) {
                throw repository.client().trouble(reply, "a new blob in " + repository.name());
            }
            OptionalLong least = reply.number("oci-chunk-min-length");
            int chunk = (int) Math.max(CHUNK, Math.min(LARGEST_CHUNK, least.orElse(CHUNK)));
            URI location = repository.client().location(reply);
            return new Session(new BegunUploads.Begun(location, chunk), note, false);
        }
    }

    /** An upload that has begun. */
    private final class Session {
        private final BegunUploads.Note note;
        private final boolean isOfEarlierRun;
        private BegunUploads.Begun at;
        private long taken;

        Session(BegunUploads.Begun at, BegunUploads.Note note, boolean isOfEarlierRun) {
            this.at = at;
            this.note = note;
            this.isOfEarlierRun = isOfEarlierRun;
        }

        URI location() {
            return at.location();
        }

        int chunk() {
            return at.chunk();
        }

        private void moved(Reply reply) {
            at = new BegunUploads.Begun(repository.client().location(reply), at.chunk());
            note.keep(at);
        }

        /** What the registry has is hashed again, and not sent. */
        void goOn(AnnouncedBytes bytes) throws IOException {
            ask(bytes.size(), bytes.size());
            for (long left = taken; left > 0; ) {
                byte[] block = bytes.next((int) Math.min(left, chunk()));
                if (block.length == 0) {
                    throw new LostException("the file has become shorter");
                }
                left -= block.length;
                bytes.taken(block.length);
            }
        }

        void sendChunks(AnnouncedBytes bytes) throws IOException {
            for (byte[] next = bytes.next(chunk()); next.length > 0; next = bytes.next(chunk())) {
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
            Ask ask = Ask.of("PATCH", location())
                    .with("Content-Range", taken + "-" + (end - 1))
                    .sending("application/octet-stream", rest)
                    .once();
            try (Reply reply = repository.client().send(ask)) {
                if (reply.ok()) {
                    moved(reply);
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
        private void ask(long end, long length) throws IOException {
            try (Reply reply = repository.client().send(Ask.of("GET", location()))) {
                if (reply.status() == 401 || reply.status() == 403) {
                    throw repository.client().trouble(reply, "an upload to " + repository.name());
                }
                if (Patience.isBusy(reply.status())) {
                    throw new GivenUpException(
                            "the registry is too busy to say what it has of an upload (" + reply.words() + ")",
                            "Wait a while and run the command again: what it has is not sent again.",
                            null);
                }
                if (!reply.ok()) {
                    throw new LostException("the registry forgot an upload (" + reply.words() + ")");
                }
                if (reply.header("location").isPresent()) {
                    moved(reply);
                }
                taken = received(reply, end, length)
                        .orElseThrow(() -> new LostException("the registry does not say what it has of an upload"));
            }
        }

        private Optional<Long> received(Reply reply, long end, long length) throws IOException {
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
            note.forget();
            try (Reply reply =
                    repository.client().send(Ask.of("DELETE", location()).once())) {
                reply.ok(); // It would end by itself some day, too.
            } catch (IOException | RuntimeException e) {
                // What matters is the trouble before.
            }
        }
    }

    private void pause(int tries) {
        long most = repository.client().limits().firstPause().toNanos();
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most) * tries);
    }

    private void stream(URI location, FileDigest file, AnnouncedBytes bytes) throws IOException {
        try (AnnouncedStream stream = new AnnouncedStream(bytes);
                Reply reply = stream.orItsTrouble(() -> repository
                        .client()
                        .send(Ask.of("PUT", withDigest(location, file)).sending(stream, file.size())))) {
            if (!reply.ok()) {
                throw repository.client().trouble(reply, file.path());
            }
            stream.ended();
        }
    }

    private void finish(URI location, FileDigest file, byte[] last, boolean isOfEarlierRun) throws IOException {
        try (Reply reply = repository
                .client()
                .send(Ask.of("PUT", withDigest(location, file)).sending("application/octet-stream", last))) {
            if (reply.ok()) {
                return;
            }
            // The answer to an earlier try may have been lost on the way: then the upload is no more, and the blob is
            // there.
            if (reply.status() == 404 && isThere(file)) {
                return;
            }
            if (isOfEarlierRun && !Patience.isBusy(reply.status()) && reply.status() != 401 && reply.status() != 403) {
                throw new LostException("the registry will not end what an earlier run began");
            }
            throw repository.client().trouble(reply, file.path());
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
