package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.FileDigest;
import io.modelgate.store.MissingObjectException;
import io.modelgate.store.RemoteObjects.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads objects, or parts of them (RFC 9110, 14). Parts come from one and the same object as long as the server says what that is
 * ({@code ETag}, {@code If-Range}); a server that knows no parts is read from the beginning and the rest thrown away.
 */
public final class RangedReads {
    private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");
    private static final Pattern NO_RANGE = Pattern.compile("bytes \\*/([0-9]{1,18})");
    private static final Set<Integer> NO_HEAD = Set.of(405, 501);
    private static final int MOST_REMEMBERED = 2_000;
    /** Servers that share one name may each have tags of their own. */
    private static final int MOST_CHANGES = 3;

    private final StoreClient client;
    private final Map<URI, Seen> seen = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Seen> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });
    private volatile Optional<Boolean> ranges = Optional.empty();

    private record Seen(String tag, int changes) {}

    /** @param client the server */
    public RangedReads(StoreClient client) {
        this.client = client;
    }

    /** How many bytes are at an address; empty when nothing is there. */
    public OptionalLong size(URI uri, FileDigest file) throws IOException {
        try (Reply reply = client.send(plain("HEAD", uri))) {
            if (isMissing(reply)) {
                return OptionalLong.empty();
            }
            OptionalLong length = reply.number("content-length");
            if (reply.ok() && length.isPresent()) {
                return length;
            }
            if (!reply.ok() && !NO_HEAD.contains(reply.status())) {
                throw client.trouble(reply, file.path());
            }
        }
        return sizeWithoutHead(uri, file);
    }

    private OptionalLong sizeWithoutHead(URI uri, FileDigest file) throws IOException {
        try (Reply reply = client.send(plain("GET", uri).with("Range", "bytes=0-0"))) {
            if (isMissing(reply)) {
                return OptionalLong.empty();
            }
            OptionalLong total = reply.status() == 200 ? reply.number("content-length") : total(reply);
            if (!reply.ok() && total.isEmpty()) {
                throw client.trouble(reply, file.path());
            }
            // Where the server does not say, what comes will tell.
            return total.isPresent() ? total : OptionalLong.of(file.size());
        }
    }

    /** Whether the server gives parts; asked once, with an object that should be there. */
    public boolean hasRanges(URI uri) throws IOException {
        if (ranges.isEmpty()) {
            try (Reply reply = client.send(plain("GET", uri).with("Range", "bytes=0-0"))) {
                if (reply.ok()) {
                    ranges = Optional.of(reply.status() == 206);
                }
                return reply.status() == 206;
            }
        }
        return ranges.get();
    }

    /** Bytes of what is at an address; see {@link io.modelgate.store.RemoteObjects#read}. */
    public Piece read(URI uri, FileDigest file, long from, long length) throws IOException {
        boolean whole = from == 0 && length == file.size();
        Ask ask = plain("GET", uri).once();
        Optional<Seen> known = whole ? Optional.empty() : Optional.ofNullable(seen.get(uri));
        if (!whole) {
            ask = ask.with("Range", "bytes=" + from + "-" + (from + length - 1));
            if (known.isPresent() && known.get().changes() < MOST_CHANGES) {
                ask = ask.with("If-Range", known.get().tag());
            }
        }
        Reply reply = client.send(ask);
        try {
            return piece(uri, file, from, reply, known);
        } catch (IOException | RuntimeException e) {
            reply.close();
            throw e;
        }
    }

    private Piece piece(URI uri, FileDigest file, long from, Reply reply, Optional<Seen> known) throws IOException {
        if (isMissing(reply)) {
            throw new MissingObjectException(file);
        }
        if (reply.status() == 416) {
            reply.close();
            return new Piece(InputStream.nullInputStream(), total(reply));
        }
        if (reply.status() != 200 && reply.status() != 206) {
            throw client.trouble(reply, file.path());
        }
        requirePlain(reply, file);
        remember(uri, reply, known);
        if (reply.status() == 200) {
            OptionalLong length = reply.number("content-length");
            return new Piece(reply.body(), length, from);
        }
        Matcher range = RANGE.matcher(reply.header("content-range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != from) {
            throw RegistryException.environment(
                    reply.host() + " gives other bytes of " + file.path() + " than the ones asked for.",
                    "Whoever runs the store should mend how it answers range requests.",
                    null);
        }
        return new Piece(reply.body(), total(reply));
    }

    /** Compressed bytes are other bytes, and nobody asked for them. */
    private static void requirePlain(Reply reply, FileDigest file) {
        reply.header("content-encoding")
                .filter(each -> !each.equalsIgnoreCase("identity"))
                .ifPresent(each -> {
                    throw RegistryException.environment(
                            reply.host() + " compresses " + file.path() + " ("
                                    + reply.secrets().said(each, 40) + ") though it was not asked to.",
                            "Switch that off in the server for this folder.",
                            null);
                });
    }

    /** A weak tag does not say that bytes are the same. */
    private void remember(URI uri, Reply reply, Optional<Seen> known) throws IOException {
        Optional<String> tag = reply.header("etag").filter(each -> each.matches("\"[\\x21\\x23-\\x7e]{1,200}\""));
        if (tag.isEmpty()) {
            seen.remove(uri);
        } else if (known.isEmpty()) {
            seen.putIfAbsent(uri, new Seen(tag.get(), 0));
        } else if (!known.get().tag().equals(tag.get()) && known.get().changes() < MOST_CHANGES) {
            seen.put(uri, new Seen(tag.get(), known.get().changes() + 1));
            throw new IOException("the object changed on the server while it was read");
        }
    }

    private static OptionalLong total(Reply reply) {
        String text = reply.header("content-range").orElse("");
        Matcher range = RANGE.matcher(text);
        if (range.matches() && !range.group(3).equals("*")) {
            return OptionalLong.of(Long.parseLong(range.group(3)));
        }
        Matcher none = NO_RANGE.matcher(text);
        return none.matches() ? OptionalLong.of(Long.parseLong(none.group(1))) : OptionalLong.empty();
    }

    private static boolean isMissing(Reply reply) {
        return reply.status() == 404 || reply.status() == 410;
    }

    private static Ask plain(String method, URI uri) {
        return Ask.of(method, uri).with("Accept-Encoding", "identity");
    }
}
