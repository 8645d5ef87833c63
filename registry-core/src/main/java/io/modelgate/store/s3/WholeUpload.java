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
        int size = (int) file.size();
        PartBuffers.acquire(size);
        try {
            byte[] bytes = announced.next(size);
            announced.requireRight();
            return send(bytes, replace);
        } finally {
            PartBuffers.release(size);
        }
    }

    private boolean send(byte[] bytes, boolean replace) throws IOException {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(connection.address().bucket())
                .key(connection.address().key(file.digest()))
                .checksumCRC32C(Part.checksum(bytes, bytes.length));
        if (!replace) {
            request.ifNoneMatch("*");
        }
        try {
            connection.ask(s3 -> s3.putObject(request.build(), Part.body(bytes, bytes.length)));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == 412 && !replace) {
                return false;
            }
            if (e.statusCode() == 501 && !replace) {
                return send(bytes, true); // A server that knows no conditions.
            }
            throw connection.refusal(e);
        }
    }
}
