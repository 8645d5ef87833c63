package io.modelgate.store.http;

import io.modelgate.store.GivenUpException;
import io.modelgate.store.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request and gives its answer, whatever it is; for many threads. Nobody is followed, and no wait lasts longer than the
 * {@link Limits} say: for a connection, for the head of an answer, for any byte, and for a server that takes bytes too slowly.
 */
public final class Wire {
    private static final long LOOKS = 8;
    /** What Java writes itself. */
    private static final Set<String> OWN = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final Limits limits;
    private final Pace taking;
    private Optional<HttpClient> http = Optional.empty();

    /** @param limits how long anybody is waited for */
    public Wire(Limits limits) {
        this.limits = limits;
        this.taking = new Pace(limits.least());
    }

    /** Made when first used: it reads the certificates of all authorities. */
    private synchronized HttpClient http() {
        HttpClient made = http.orElseGet(this::make);
        http = Optional.of(made);
        return made;
    }

    private HttpClient make() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // Parts come side by side, each in a connection of its own.
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Sends a request with headers of which each may have several values, and with so many bytes, if any. What breaks is an
     * IOException; a certificate that is not trusted and a host that is not there are ENVIRONMENT.
     */
    public Reply send(String method, URI uri, Map<String, List<String>> headers, Optional<InputStream> bytes, long size)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        Secrets secrets = Secrets.ofHeaders(headers);
        try {
            return send(
                    method, request, bytes.map(each -> Content.of(each, size)).orElse(Content.NONE), secrets);
        } catch (GivenUpException e) {
            throw e;
        } catch (IOException e) {
            throw HttpTrouble.told(uri, e, secrets);
        }
    }

    Reply send(String method, HttpRequest.Builder request, Content content, Secrets secrets) throws IOException {
        Sending sending = new Sending(taking.begin());
        HttpRequest whole = request.method(method, content.telling(sending)).build();
        TimedBody body = new TimedBody(limits.silence());
        CompletableFuture<HttpResponse<InputStream>> coming = http().sendAsync(whole, info -> body);
        try {
            HttpResponse<InputStream> response = await(coming, sending);
            return new Reply(response.statusCode(), response.headers(), body, whole.uri(), secrets);
        } catch (IOException e) {
            coming.cancel(true);
            body.close();
            throw e;
        } finally {
            sending.close();
        }
    }

    /** How far a request is on its way; bytes may still be told of when it was given up. */
    private static final class Sending implements Content.Listener {
        private final Pace.Transfer transfer;
        private volatile long moved = System.nanoTime();
        private boolean over;

        Sending(Pace.Transfer transfer) {
            this.transfer = transfer;
        }

        @Override
        public synchronized void moved(int bytes) {
            moved = System.nanoTime();
            transfer.moved(bytes);
            if (!over) {
                transfer.waits();
            }
        }

        @Override
        public synchronized void ended() {
            moved = System.nanoTime();
            transfer.rests();
        }

        synchronized void close() {
            over = true;
            transfer.rests();
        }
    }

    /** As long as bytes go out now and then, and not too few of them. */
    private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> coming, Sending sending)
            throws IOException {
        long look = limits.least().window().toNanos() / LOOKS;
        while (true) {
            long left = sending.moved + limits.silence().toNanos() - System.nanoTime();
            if (left <= 0) {
                throw new HttpTimeoutException("it does not answer");
            }
            sending.transfer.require();
            try {
                return coming.get(Math.min(left, look), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Bytes may have gone out meanwhile.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException trouble) {
                    throw trouble;
                }
                throw new IOException(e.getCause());
            }
        }
    }
}
