package io.modelgate.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the repositories below a folder over HTTP by the real {@code git http-backend}, to those who know a secret. */
final class GitHttpServer implements AutoCloseable {
    static final String SECRET = "s3cr3t-t0ken";

    /** The {@code Authorization} headers that came. */
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** Nobody is let in where a path begins so. */
    volatile String refuses = "nowhere";

    private final GitHttpBackend backend;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Optional<String> redirect = Optional.empty();

    GitHttpServer(Path root) throws IOException {
        this.backend = new GitHttpBackend(root);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
    }

    /** From now on, sends every request to another server. */
    void redirectTo(String base) {
        redirect = Optional.of(base);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (redirect.isPresent()) {
                exchange.getResponseHeaders().add("Location", redirect.get() + exchange.getRequestURI());
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null) {
                authorizations.add(authorization);
            }
            boolean refused = exchange.getRequestURI().getPath().startsWith(refuses);
            if (refused || !mayEnter(authorization)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            backend.reply(exchange, backend.run(exchange, "somebody"));
        }
    }

    private static boolean mayEnter(String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return false;
        }
        String text = new String(
                Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
        return text.endsWith(":" + SECRET);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
