package io.modelgate.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Takes webhooks of Git hosts. A hook says only that something happened, and for which registry by its path; what happened is
 * asked of the host.
 */
public final class HookListener implements AutoCloseable {
    private static final int MOST_BYTES = 8 << 20;
    private static final int THREADS = 32;
    private static final int CLOSING_SECONDS = 0;

    private final HttpServer server;
    private final ExecutorService threads;
    private final HookSignature signature;
    private final Predicate<String> wake;

    /**
     * Starts to listen; ENVIRONMENT when that is not possible.
     *
     * @param wake told the path of each right hook, without slashes around it; says whether a registry is watched there
     */
    public HookListener(InetSocketAddress address, HookSignature signature, Predicate<String> wake) {
        this.signature = signature;
        this.wake = wake;
        this.threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "webhooks");
            thread.setDaemon(true);
            return thread;
        });
        try {
            server = HttpServer.create(address, 50);
        } catch (IOException e) {
            threads.shutdownNow();
            throw RegistryException.environment(
                    "Nobody can listen on " + address + ": " + e.getMessage() + ".", "Choose another address.", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
            if (body.length > MOST_BYTES) {
                exchange.sendResponseHeaders(413, -1);
                return;
            }
            boolean right = signature.isRight(
                    name -> Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)), body);
            exchange.sendResponseHeaders(right ? woken(exchange) : 401, -1);
        }
    }

    /**
     * What a hook with the secret is answered: 404 for a path that is not watched, so that whoever set it up sees the mistake on
     * the host's page of deliveries. Without the secret every path is answered alike, and nobody learns what is watched.
     */
    private int woken(HttpExchange exchange) {
        return wake.test(exchange.getRequestURI().getPath().replaceAll("^/+|/+$", "")) ? 204 : 404;
    }

    @Override
    public void close() {
        server.stop(CLOSING_SECONDS);
        threads.shutdownNow();
    }
}
