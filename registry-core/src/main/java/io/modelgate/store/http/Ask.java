package io.modelgate.store.http;

import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A request to a server, before it is known who asks. */
public final class Ask {
    private final String method;
    private final URI uri;
    private final Map<String, String> headers;
    private final Content content;
    private final boolean patient;
    private final Secrets secrets;

    private Ask(
            String method, URI uri, Map<String, String> headers, Content content, boolean patient, Secrets secrets) {
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.content = content;
        this.patient = patient;
        this.secrets = secrets.andQuery(uri);
    }

    /** Something without a body, such as GET and HEAD. */
    public static Ask of(String method, URI uri) {
        return new Ask(method, uri, Map.of(), Content.NONE, true, Secrets.NONE);
    }

    /** The same with a header. */
    public Ask with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Ask(method, uri, more, content, patient, secrets);
    }

    /** The same with bytes to send. */
    public Ask sending(String type, byte[] bytes) {
        return new Ask(method, uri, with("Content-Type", type).headers, Content.of(bytes), patient, secrets);
    }

    /** The same with bytes to send that can be read only once, so that nothing is ever asked again. */
    public Ask sending(InputStream bytes, long size) {
        return new Ask(
                method,
                uri,
                with("Content-Type", "application/octet-stream").headers,
                Content.of(bytes, size),
                false,
                secrets);
    }

    /** The same for a caller who looks after connections that break; it is still asked again when the server is busy. */
    public Ask once() {
        return new Ask(method, uri, headers, content, false, secrets);
    }

    /** The same with something in it that no message may show, should the server say it back. */
    public Ask hiding(String secret) {
        return new Ask(method, uri, headers, content, patient, secrets.and(Stream.of(secret)));
    }

    String method() {
        return method;
    }

    URI uri() {
        return uri;
    }

    Map<String, String> headers() {
        return headers;
    }

    Content content() {
        return content;
    }

    Secrets secrets() {
        return secrets;
    }

    boolean patient() {
        return patient;
    }

    /** Whether the answer may be somewhere else. */
    boolean onlyReads() {
        return method.equals("GET") || method.equals("HEAD");
    }

    @Override
    public String toString() {
        return method + " " + HomeRule.shown(uri);
    }
}
