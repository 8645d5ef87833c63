package io.modelgate.store.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An upload in parts that the server knows of. What an earlier run began and did not end is gone on with: the parts that the server
 * has are taken as they are where it says the same length and checksum as those that would be sent.
 */
final class BegunUpload {
    /** Runs that were killed, of one file. */
    private static final int MOST_LEFT = 100;

    private static final int MOST_PAGES = Part.MOST_PARTS / 100;

    /** A part that the server has. */
    private record Kept(long length, CompletedPart part) {
        static Kept of(software.amazon.awssdk.services.s3.model.Part part) {
            return new Kept(
                    part.size() == null ? -1 : part.size(),
                    CompletedPart.builder()
                            .partNumber(part.partNumber())
                            .eTag(part.eTag())
                            .checksumCRC32C(part.checksumCRC32C())
                            .build());
        }
    }

    private final S3Connection connection;
    private final String key;
    private final String id;
    private final Map<Integer, Kept> there;
    private final List<String> others;

    private BegunUpload(S3Connection connection, String key, String id, Map<Integer, Kept> there, List<String> others) {
        this.connection = connection;
        this.key = key;
        this.id = id;
        this.there = Map.copyOf(there);
        this.others = List.copyOf(others);
    }

    /** The newest one for the key that an earlier run left, or a new one. */
    static BegunUpload of(S3Connection connection, String key) throws IOException {
        List<String> ids = left(connection, key);
        for (String id : ids) {
            Optional<Map<Integer, Kept>> parts = parts(connection, key, id);
            if (parts.isPresent()) {
                List<String> others = new ArrayList<>(ids);
                others.remove(id);
                return new BegunUpload(connection, key, id, parts.get(), others);
            }
        }
        return begin(connection, key, ids);
    }

    private static BegunUpload begin(S3Connection connection, String key, List<String> others) throws IOException {
        String id = connection
                .ask(s3 -> s3.createMultipartUpload(
                        each -> each.bucket(connection.address().bucket())
                                .key(key)
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                                .contentType("application/octet-stream")))
                .uploadId();
        if (id == null) {
            throw new IOException("the server begins an upload and does not say which");
        }
        return new BegunUpload(connection, key, id, Map.of(), others);
    }

    /** None where one may not ask. */
    private static List<String> left(S3Connection connection, String key) throws IOException {
        try {
            return connection
                    .ask(s3 -> s3.listMultipartUploads(
                            each -> each.bucket(connection.address().bucket()).prefix(key)))
                    .uploads()
                    .stream()
                    .filter(upload -> key.equals(upload.key()) && upload.uploadId() != null)
                    .sorted(Comparator.comparing(
                                    MultipartUpload::initiated, Comparator.nullsFirst(Comparator.naturalOrder()))
                            .reversed())
                    .map(MultipartUpload::uploadId)
                    .limit(MOST_LEFT)
                    .toList();
        } catch (S3Exception e) {
            if (S3Refusal.code(e).equals("NoSuchBucket")) {
                throw e;
            }
            return List.of();
        }
    }

    /** Empty when the upload is not there any more, or one may not look into it. */
    private static Optional<Map<Integer, Kept>> parts(S3Connection connection, String key, String id)
            throws IOException {
        Map<Integer, Kept> parts = new HashMap<>();
        try {
            int marker = 0;
            for (int pages = 0; pages < MOST_PAGES; pages++) {
                int after = marker;
                ListPartsResponse page = connection.ask(s3 ->
                        s3.listParts(each -> each.bucket(connection.address().bucket())
                                .key(key)
                                .uploadId(id)
                                .partNumberMarker(after)));
                page.parts().stream()
                        .filter(part -> part.partNumber() != null)
                        .forEach(part -> parts.put(part.partNumber(), Kept.of(part)));
                if (!Boolean.TRUE.equals(page.isTruncated())
                        || page.nextPartNumberMarker() == null
                        || page.nextPartNumberMarker() <= marker) {
                    break;
                }
                marker = page.nextPartNumberMarker();
            }
            return Optional.of(parts);
        } catch (S3Exception e) {
            return Optional.empty();
        }
    }

    String id() {
        return id;
    }

    /** The part as the server has it from an earlier run. */
    Optional<CompletedPart> has(Part part) {
        return Optional.ofNullable(there.get(part.number()))
                .filter(kept -> kept.length() == part.length()
                        && part.checksum().equals(kept.part().checksumCRC32C()))
                .map(Kept::part);
    }

    /** Takes away what still other runs left, which would cost its owner money for ever. */
    void abortOthers() {
        others.forEach(this::abort);
    }

    void abort() {
        abort(id);
    }

    private void abort(String which) {
        try {
            connection.ask(s3 -> s3.abortMultipartUpload(
                    each -> each.bucket(connection.address().bucket()).key(key).uploadId(which)));
        } catch (S3Exception | IOException e) {
            // Gone already, or not ours to take away: a rule of the bucket ends it some day.
        }
    }
}
