package io.modelgate.store.s3;

import io.modelgate.store.AnnouncedBytes;
import io.modelgate.store.FileDigest;
import java.io.IOException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Sends a small object in one request. */
final class WholeUpload {
    private final S3Connection connection;
    private final FileDigest file;

    WholeUpload(S3Connection connection, FileDigest file) {
        this.connection = connection;
        this.file = file;
    }

    /** Whether it was taken; not when there is one already, unless that is to be replaced. */
    boolean run(AnnouncedBytes announced, boolean replace) throws IOException {
        PartBuffers buffers = connection.buffers();
        byte[] room = buffers.take((int) file.size());
        try {
            Part all = new Part(1, room, announced.next(room, room.length));
            announced.requireRight();
            return send(all, replace);
        } finally {
            buffers.giveBack(room, false);
        }
    }

    private boolean send(Part all, boolean replace) throws IOException {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(connection.address().bucket())
                .key(connection.address().key(file.digest()))
                .checksumCRC32C(all.checksum());
        if (!replace) {
            request.ifNoneMatch("*");
        }
        try {
            connection.ask(s3 -> s3.putObject(request.build(), all.body()));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 412 && !replace) {
                return false;
            }
            if (e.statusCode() == 501 && !replace) {
                return send(all, true); // A server that knows no conditions.
            }
            throw connection.refusal(e);
        }
    }
}
