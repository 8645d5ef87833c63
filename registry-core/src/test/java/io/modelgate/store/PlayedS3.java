package io.modelgate.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelgate.store.http.Limits;
import io.modelgate.store.s3.S3StoreKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that says what it is told to, and remembers what it was asked. */
final class PlayedS3 implements AutoCloseable {
    /** An answer to a request. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    PlayedS3(Answer answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                answer.to(exchange);
            }
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    ArtifactStore store() {
        return new S3StoreKind(Limits.of(Map.of()).pausing(Duration.ofMillis(10)))
                .open(new StoreKind.Site("main", S3Peer.location("s3://models/ours", url()), Path.of("")));
    }

    static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean hasBody = bytes.length > 0 && !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? bytes.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** As S3 says that something is wrong. */
    static void refuse(HttpExchange exchange, int status, String code, String message) throws IOException {
        say(
                exchange,
                status,
                "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
