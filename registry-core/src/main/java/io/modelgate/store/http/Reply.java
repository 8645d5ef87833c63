package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * An answer; whoever asked closes it.
 *
 * @param status the HTTP status
 * @param headers its headers
 * @param body its bytes, as they come
 * @param from who gave it, after all redirects
 * @param secrets what it was shown, and must not be shown to others in its words
 */
public record Reply(int status, HttpHeaders headers, InputStream body, URI from, Secrets secrets) implements Closeable {
    private static final int LONGEST_WORDS = 300;
    private static final int MOST_OF_TROUBLE = 16 << 10;
    private static final long LONGEST_SECONDS = 60;

    /** Whether it did what was asked. */
    public boolean ok() {
        return status >= 200 && status < 300;
    }

    /** Who gave it, for people: a redirect may have put anything into that name. */
    public String host() {
        return secrets.hide(String.valueOf(from.getHost()));
    }

    /** A header. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** A header with a number that is not negative. */
    public OptionalLong number(String name) {
        return header(name)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElseGet(OptionalLong::empty);
    }

    /** The whole body; ENVIRONMENT when it has more bytes than anybody means honestly. */
    public byte[] bytes(int most) throws IOException {
        byte[] bytes = start(most + 1);
        if (bytes.length > most) {
            throw RegistryException.environment(
                    secrets.hide(HomeRule.shown(from)) + " answers with more than " + most + " bytes.",
                    "Look at what is there; it is not what the store should keep.",
                    null);
        }
        return bytes;
    }

    private byte[] start(int most) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] block = new byte[1 << 14];
        while (bytes.size() < most) {
            int read = body.read(block, 0, Math.min(block.length, most - bytes.size()));
            if (read < 0) {
                break;
            }
            if (System.nanoTime() > end) {
                throw new IOException("the answer took too long");
            }
            bytes.write(block, 0, read);
        }
        return bytes.toByteArray();
    }

    /** What the server says about trouble: a status, and one line if it is JSON with a message. */
    public String words() {
        String said = "";
        try {
            Json json = Json.parse(start(MOST_OF_TROUBLE));
            said = json.items("errors")
                    .flatMap(each -> each.text("message").or(() -> each.text("code")).stream())
                    .findFirst()
                    .or(() -> json.text("message"))
                    .or(() -> json.text("error_description"))
                    .or(() -> json.text("details"))
                    .map(text -> ": " + secrets.said(text, LONGEST_WORDS))
                    .orElse("");
        } catch (IOException | IllegalArgumentException e) {
            // The status alone has to do.
        }
        return status + said;
    }

    /** Leaves the rest unread. */
    @Override
    public void close() throws IOException {
        body.close();
    }

    @Override
    public String toString() {
        return status + " from " + HomeRule.shown(from);
    }
}
