package io.modelgate.store.s3;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.AnnouncedBytes;
import io.modelgate.store.FileDigest;
import io.modelgate.store.WorkerThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends a large object in parts, several at once from memory while the next is read and hashed. The object appears when the last
 * part is there and all bytes were right; what is left by a run that was killed or lost its network is gone on with by the next.
 */
final class PartUpload {
    private static final int AT_ONCE = 8;
    private static final int MOST_STARTS = 3;
    private static final int MOST_LOOKS = 4;
    private static final long FIRST_LOOK_NANOS = 100_000_000;

    private final S3Connection connection;
    private final FileDigest file;
    private final String key;
    private final boolean replace;

    private final AtomicBoolean failed = new AtomicBoolean();

    PartUpload(S3Connection connection, FileDigest file, boolean replace) {
        this.connection = connection;
        this.file = file;
        this.key = connection.address().key(file.digest());
        this.replace = replace;
    }

    void run(AnnouncedBytes bytes) throws IOException {
        run(bytes, 1);
    }

    private void run(AnnouncedBytes bytes, int start) throws IOException {
        requirePossible();
        try {
            BegunUpload upload = BegunUpload.of(connection, key);
            try {
                List<CompletedPart> parts = send(bytes, upload);
                bytes.requireRight();
                complete(upload, parts, !replace);
                upload.abortOthers();
            } catch (RegistryException e) {
                upload.abort();
                throw e;
            }
        } catch (S3Exception e) {
            if (S3Refusal.code(e).equals("NoSuchUpload")) {
                // Somebody else sent the same bytes and was faster, or gave up: the object comes, or must be sent.
                if (!comes()) {
                    if (start >= MOST_STARTS) {
                        throw new IOException("others end the upload again and again", e);
                    }
                    bytes.restart();
                    new PartUpload(connection, file, replace).run(bytes, start + 1);
                }
                return;
            }
            throw connection.refusal(e);
        }
    }

    private void requirePossible() {
        if (Part.size(file.size()) > PartBuffers.MOST) {
            throw RegistryException.usage(
                    file.path() + " has " + file.size() + " bytes, and an object in S3 has at most "
                            + (long) PartBuffers.MOST * Part.MOST_PARTS + " here.",
                    "Split it into several files.");
        }
    }

    private List<CompletedPart> send(AnnouncedBytes bytes, BegunUpload upload) throws IOException {
        ExecutorService pool = WorkerThreads.start(AT_ONCE, "modelgate-upload");
        try {
            List<Future<CompletedPart>> sent = new ArrayList<>();
            int size = (int) Part.size(file.size());
            for (long position = 0; position < file.size() && !failed.get(); position += size) {
                int wanted = (int) Math.min(size, file.size() - position);
                sent.add(next(bytes, wanted, sent.size() + 1, upload, pool));
            }
            List<CompletedPart> parts = new ArrayList<>();
            for (Future<CompletedPart> each : sent) {
                parts.add(result(each));
            }
            return parts;
        } finally {
            failed.set(true);
            WorkerThreads.end(pool);
        }
    }

    /** Reads a part when there is room for it in memory, which it gives back once it is sent. */
    private Future<CompletedPart> next(
            AnnouncedBytes bytes, int wanted, int number, BegunUpload upload, ExecutorService pool) throws IOException {
        PartBuffers buffers = connection.buffers();
        byte[] room = buffers.take(Math.max(wanted, Part.SMALLEST));
        boolean handedOver = false;
        try {
            Part part = new Part(number, room, bytes.next(room, wanted));
            Future<CompletedPart> sent = pool.submit(() -> {
                boolean again = false;
                try {
                    CompletedPart done = sendUnlessThere(part, upload);
                    bytes.taken(part.length());
                    again = part.wasRead();
                    return done;
                } catch (S3Exception | IOException | RegistryException e) {
                    failed.set(true);
                    throw e;
                } finally {
                    buffers.giveBack(room, again);
                }
            });
            handedOver = true;
            return sent;
        } finally {
            if (!handedOver) {
                buffers.giveBack(room, false);
            }
        }
    }

    private CompletedPart sendUnlessThere(Part part, BegunUpload upload) throws IOException {
        if (failed.get()) {
            throw new InterruptedIOException("interrupted");
        }
        Optional<CompletedPart> there = upload.has(part);
        if (there.isPresent()) {
            return there.get();
        }
        UploadPartResponse taken = connection.ask(s3 -> s3.uploadPart(
                each -> each.bucket(connection.address().bucket())
                        .key(key)
                        .uploadId(upload.id())
                        .partNumber(part.number())
                        .contentLength(part.length())
                        .checksumCRC32C(part.checksum()),
                part.body()));
        CompletedPart.Builder done =
                CompletedPart.builder().partNumber(part.number()).eTag(taken.eTag());
        if (taken.checksumCRC32C() != null) { // A server that knows no checksums would stumble over one at the end.
            done.checksumCRC32C(part.checksum());
        }
        return done.build();
    }

    private void complete(BegunUpload upload, List<CompletedPart> parts, boolean onlyNew) throws IOException {
        try {
            connection.askPatiently(s3 -> s3.completeMultipartUpload(each -> each.bucket(
                            connection.address().bucket())
                    .key(key)
                    .uploadId(upload.id())
                    .ifNoneMatch(onlyNew ? "*" : null)
                    .multipartUpload(
                            CompletedMultipartUpload.builder().parts(parts).build())));
        } catch (S3Exception e) {
            if (e.statusCode() == 412 && onlyNew) {
                upload.abort(); // Somebody else was faster with the same bytes.
            } else if (e.statusCode() == 501 && onlyNew) {
                complete(upload, parts, false); // A server that knows no conditions.
            } else {
                throw e;
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            requireThere(e); // The answer may be what was lost.
        }
    }

    private void requireThere(IOException cause) throws IOException {
        if (!isThere()) {
            throw cause;
        }
    }

    private boolean isThere() throws IOException {
        return new S3Objects(connection).size(file).orElse(-1) == file.size();
    }

    /** Whether the object is there, or will be in a second or two: servers forget an upload before they show its object. */
    private boolean comes() throws IOException {
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            if (isThere()) {
                return true;
            }
            LockSupport.parkNanos(FIRST_LOOK_NANOS << looks);
        }
        return isThere();
    }

    private static CompletedPart result(Future<CompletedPart> sent) throws IOException {
        try {
            return sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException told) {
                throw told;
            }
            throw new IOException(e.getCause());
        }
    }
}
