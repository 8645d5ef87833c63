package io.modelgate.store.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A web server in this process that answers as a test wants, and remembers what it was asked. */
public final class PlayedServer implements AutoCloseable {
    /** What it does with a request. */
    public interface Answers {
        /** Answers one request; what it throws breaks the connection. */
        void to(HttpExchange exchange) throws IOException;
    }

    /** What it was asked: method, path with query, and the secret that it was shown. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Starts it on this machine. */
    public PlayedServer(Answers answers) throws IOException {
        this(HttpServer.create(), "http", answers);
    }

    /** The same with TLS. */
    public PlayedServer(SSLContext context, Answers answers) throws IOException {
        this(secure(context), "https", answers);
    }

    private static HttpServer secure(SSLContext context) throws IOException {
        HttpsServer server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }

    private PlayedServer(HttpServer server, String scheme, Answers answers) throws IOException {
        this.server = server;
        this.scheme = scheme;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI() + (shown == null ? "" : " " + shown));
            try (exchange) {
                answers.to(exchange);
            }
        });
        server.start();
    }

    /** Its address, by a name or number of this machine. */
    public URI at(String host) {
        return URI.create(scheme + "://" + host + ":" + server.getAddress().getPort());
    }

    /** A whole answer. */
    public static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
        if (!none) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** An answer that points elsewhere. */
    public static void redirect(HttpExchange exchange, int status, String location) throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
