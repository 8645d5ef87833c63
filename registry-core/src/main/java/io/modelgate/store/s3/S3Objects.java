package io.modelgate.store.s3;

import io.modelgate.manifest.Digest;
import io.modelgate.store.AnnouncedBytes;
import io.modelgate.store.FileDigest;
import io.modelgate.store.ListLimit;
import io.modelgate.store.MissingObjectException;
import io.modelgate.store.RemoteObjects;
import io.modelgate.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects in a bucket. */
final class S3Objects implements RemoteObjects {
    /** What was put so lately is as good as new: the grace period of whoever takes rubbish away is days. */
    private static final Duration YOUNG = Duration.ofHours(1);
    /** S3 copies no more in one request. */
    private static final long MOST_COPIED = 5L << 30;
    /** Smaller ones are sent in one request. */
    private static final long LEAST_IN_PARTS = 16L << 20;

    private static final Pattern RANGE =
            Pattern.compile("bytes (?<from>[0-9]{1,18})-[0-9]{1,18}/(?<total>[0-9]{1,18})");

    private final S3Connection connection;
    private final S3Address address;
    private final ReadTags tags = new ReadTags();

    S3Objects(S3Connection connection) {
        this.connection = connection;
        this.address = connection.address();
    }

    @Override
    public OptionalLong size(FileDigest file) throws IOException {
        Optional<HeadObjectResponse> head = head(file.digest());
        if (head.isPresent() && head.get().contentLength() == null) {
            throw new IOException("the server does not say how large an object is");
        }
        return head.isPresent() ? OptionalLong.of(head.get().contentLength()) : OptionalLong.empty();
    }

    private Optional<HeadObjectResponse> head(Digest digest) throws IOException {
        String key = address.key(digest);
        try {
            return Optional.of(connection.ask(
                    s3 -> s3.headObject(each -> each.bucket(address.bucket()).key(key))));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty(); // Without a body, a bucket that is not there looks the same.
            }
            throw connection.refusal(withWords(e, key));
        }
    }

    @Override
    public Optional<Instant> modified(Digest digest) throws IOException {
        return head(digest).map(HeadObjectResponse::lastModified);
    }

    /** The server copies it onto itself, which some do not take for a change; what is hardly old is left alone. */
    @Override
    public boolean renew(FileDigest file) throws IOException {
        Optional<HeadObjectResponse> head = head(file.digest());
        Optional<Instant> before = head.map(HeadObjectResponse::lastModified);
        if (before.isEmpty()) {
            return head.isPresent();
        }
        if (before.get().isAfter(Instant.now().minus(YOUNG))) {
            return true;
        }
        if (file.size() > MOST_COPIED) {
            return false;
        }
        String key = address.key(file.digest());
        try {
            connection.askPatiently(s3 -> s3.copyObject(copy -> copy.sourceBucket(address.bucket())
                    .sourceKey(key)
                    .destinationBucket(address.bucket())
                    .destinationKey(key)
                    .storageClass(head.get().storageClass())
                    .metadataDirective(MetadataDirective.REPLACE)));
        } catch (S3Exception e) {
            return false;
        }
        tags.forget(file.digest());
        return modified(file.digest()).filter(before.get()::isBefore).isPresent();
    }

    /** Such an answer has no body, so the reason is asked for by a request that has one. */
    private S3Exception withWords(S3Exception bare, String key) throws IOException {
        if (!S3Refusal.code(bare).isEmpty()) {
            return bare;
        }
        try {
            get(GetObjectRequest.builder()
                            .bucket(address.bucket())
                            .key(key)
                            .range("bytes=0-0")
                            .build())
                    .abort();
            return bare;
        } catch (S3Exception e) {
            return e.statusCode() == bare.statusCode() ? e : bare;
        }
    }

    @Override
    public Piece read(FileDigest file, long from, long length) throws IOException {
        boolean whole = from == 0 && length == file.size();
        try {
            return whole ? readWhole(file) : readRange(file, from, length);
        } catch (S3Exception e) {
            if (e.statusCode() == 404 && S3Refusal.isMissingObject(e)) {
                throw new MissingObjectException(file);
            }
            if (e.statusCode() == 412) {
                tags.forget(file.digest());
                throw new IOException("the object was replaced while it was read", e);
            }
            if (e.statusCode() == 416) {
                return new Piece(InputStream.nullInputStream(), size(file));
            }
            throw connection.refusal(e);
        }
    }

    private Piece readWhole(FileDigest file) throws IOException {
        ResponseInputStream<GetObjectResponse> answer = get(request(file).build());
        Long length = answer.response().contentLength();
        return new Piece(answer, length == null ? OptionalLong.empty() : OptionalLong.of(length));
    }

    /** All parts come from one and the same object: the one whose tag was seen first. */
    private Piece readRange(FileDigest file, long from, long length) throws IOException {
        GetObjectRequest.Builder request = request(file).range("bytes=" + from + "-" + (from + length - 1));
        tags.of(file.digest()).ifPresent(request::ifMatch);
        ResponseInputStream<GetObjectResponse> answer = get(request.build());
        Matcher range = RANGE.matcher(
                Optional.ofNullable(answer.response().contentRange()).orElse(""));
        if (!range.matches() || Long.parseLong(range.group("from")) != from) {
            answer.abort();
            throw new IOException("the server sends other bytes than those asked for, as if it knew no ranges");
        }
        if (!tags.isSame(file.digest(), answer.response().eTag())) {
            answer.abort();
            tags.forget(file.digest());
            throw new IOException("the object was replaced while it was read");
        }
        return new Piece(answer, OptionalLong.of(Long.parseLong(range.group("total"))));
    }

    private GetObjectRequest.Builder request(FileDigest file) {
        return GetObjectRequest.builder().bucket(address.bucket()).key(address.key(file.digest()));
    }

    private ResponseInputStream<GetObjectResponse> get(GetObjectRequest request) throws IOException {
        return connection.askWhileBusy(s3 -> s3.getObject(request, ResponseTransformer.toInputStream()));
    }

    @Override
    public boolean writeNew(FileDigest file, AnnouncedBytes bytes) throws IOException {
        boolean taken = new WholeUpload(connection, file).run(bytes, false);
        if (taken) {
            bytes.taken(file.size());
        }
        return taken;
    }

    @Override
    public void write(FileDigest file, AnnouncedBytes bytes, boolean replace) throws IOException {
        tags.forget(file.digest());
        if (file.size() < LEAST_IN_PARTS) {
            new WholeUpload(connection, file).run(bytes, replace);
            bytes.taken(file.size());
        } else {
            new PartUpload(connection, file, replace).run(bytes);
        }
    }

    @Override
    public boolean list(Consumer<StoredObject> each) throws IOException {
        Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.empty();
        ListLimit limit = new ListLimit("Store " + address, connection.limits().listed());
        do {
            String from = next.orElse(null);
            ListObjectsV2Response page = page(from);
            limit.page(page.contents().size());
            for (S3Object object : page.contents()) {
                stored(object).ifPresent(found -> limit.tell(each, found));
            }
            next = Boolean.TRUE.equals(page.isTruncated())
                    ? Optional.ofNullable(page.nextContinuationToken())
                    : Optional.empty();
            if (next.isPresent() && !seen.add(Digest.of(next.get()).hex())) {
                throw new IOException("the server begins its list again and again");
            }
        } while (next.isPresent());
        return true;
    }

    private Optional<StoredObject> stored(S3Object listed) throws IOException {
        if (listed.key() == null
                || listed.size() == null
                || listed.size() < 0
                || listed.lastModified() == null
                || listed.lastModified().isBefore(Instant.EPOCH)) {
            throw new IOException("the server names objects without a key, a size or a date");
        }
        return address.digest(listed.key())
                .map(digest -> new StoredObject(digest, listed.size(), listed.lastModified()));
    }

    private ListObjectsV2Response page(@Nullable String from) throws IOException {
        try {
            return connection.ask(s3 -> s3.listObjectsV2(page ->
                    page.bucket(address.bucket()).prefix(address.objects()).continuationToken(from)));
        } catch (S3Exception e) {
            throw connection.refusal(e);
        }
    }

    @Override
    public void remove(Digest digest) throws IOException {
        try {
            connection.ask(
                    s3 -> s3.deleteObject(each -> each.bucket(address.bucket()).key(address.key(digest))));
        } catch (S3Exception e) {
            if (e.statusCode() != 404 || S3Refusal.code(e).equals("NoSuchBucket")) {
                throw connection.refusal(e);
            }
        }
    }
}
