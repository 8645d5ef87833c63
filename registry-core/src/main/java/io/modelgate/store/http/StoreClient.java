package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks the server of a store, for many threads. No wait is longer than a minute; a busy server is asked again as it wishes;
 * redirects are followed by hand, so that credentials stay at home and nobody is sent where {@link HomeRule} does not allow.
 * What cannot be mended by asking again is a {@link RegistryException}; what may pass is an {@link IOException}.
 */
public final class StoreClient {
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_TRIES = 4;

    private final URI home;
    private final Access access;
    private final Resolver resolver;
    private final Limits limits;
    private final Shared shared;
    private final HomeRule rule;

    /** Made when first used: it reads the certificates of all authorities. */
    private static final class Shared {
        private final Limits limits;
        private Optional<HttpClient> http = Optional.empty();

        Shared(Limits limits) {
            this.limits = limits;
        }

        synchronized HttpClient http() {
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
    }

    private StoreClient(URI home, Access access, Resolver resolver, Limits limits, Shared shared) {
        this.home = home;
        this.access = access;
        this.resolver = resolver;
        this.limits = limits;
        this.shared = shared;
        this.rule = new HomeRule(home, resolver);
    }

    /** @param home an address of the server; its scheme, host and port are where credentials go */
    public StoreClient(URI home, Access access) {
        this(home, access, Resolver.SYSTEM, Limits.USUAL);
    }

    StoreClient(URI home, Access access, Resolver resolver, Limits limits) {
        this(home, access, resolver, limits, new Shared(limits));
    }

    /** The same server, asked by somebody else. */
    public StoreClient as(Access other) {
        return new StoreClient(home, other, resolver, limits, shared);
    }

    /** Another server that this one names; ENVIRONMENT when it may not send us there. */
    public StoreClient at(String other, Access others) {
        URI there = rule.next(home, Optional.of(other));
        return new StoreClient(there, others, resolver, limits, shared);
    }

    /** How long a server is borne with that gives nearly nothing. */
    Duration patience() {
        return limits.pause();
    }

    /** Where the server is. */
    public URI home() {
        return home;
    }

    /** Whether nobody else can hear what is said to the server. */
    public static boolean isSafe(URI uri) {
        return uri.getScheme().equalsIgnoreCase("https") || HomeRule.isThisMachine(uri);
    }

    /** The address that an answer points to with {@code Location}, for a request to follow; ENVIRONMENT when it may not. */
    public URI location(Reply reply) {
        return rule.next(reply.from(), reply.header("location"));
    }

    /** What to say about an answer that is no success; it is closed by whoever asked. */
    public RegistryException trouble(Reply reply, String what) {
        return HttpTrouble.of(reply, what, access);
    }

    /** Sends a request, and follows where it leads. */
    public Reply send(Ask ask) throws IOException {
        if (!rule.isHome(ask.uri())) {
            rule.require(home, ask.uri());
        }
        URI target = ask.uri();
        boolean challenged = false;
        int redirects = 0;
        while (true) {
            Reply reply = patiently(ask, target);
            if (reply.status() == 401
                    && !challenged
                    && rule.isHome(target)
                    && ask.content().again()) {
                challenged = true;
                if (access.challenged(ask.method(), reply)) {
                    reply.close();
                    continue;
                }
            }
            if (!REDIRECTS.contains(reply.status()) || !ask.onlyReads()) {
                return reply;
            }
            reply.close();
            if (++redirects > MOST_REDIRECTS) {
                throw HttpTrouble.loop(home, MOST_REDIRECTS);
            }
            target = rule.next(target, reply.header("location"));
        }
    }

    private Reply patiently(Ask ask, URI target) throws IOException {
        Patience patience = new Patience(limits.pause(), Clock.systemUTC());
        for (int tries = 1; ; tries++) {
            if (rule.isHome(target)) {
                rule.look();
            } else if (tries > 1) {
                rule.require(home, target); // Its name may have another address by now.
            }
            try {
                Reply reply = once(ask, target);
                boolean busy = isBusy(reply, ask) && ask.content().again();
                if (!busy || !patience.again(reply.header("retry-after"))) {
                    return reply;
                }
                reply.close();
            } catch (IOException e) {
                Optional<RegistryException> lasting = HttpTrouble.lasting(target, e);
                if (lasting.isPresent()) {
                    throw lasting.get();
                }
                if (!ask.patient() || tries >= MOST_TRIES || !patience.again(Optional.empty())) {
                    throw HttpTrouble.passing(target, e);
                }
            }
        }
    }

    /** A registry that links a blob anew while it is read stumbles over that (500), and not a moment later. */
    private static boolean isBusy(Reply reply, Ask ask) {
        return BUSY.contains(reply.status()) || (reply.status() == 500 && ask.onlyReads());
    }

    private Reply once(Ask ask, URI target) throws IOException {
        AtomicLong moved = new AtomicLong(System.nanoTime());
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(ask.method(), ask.content().telling(() -> moved.set(System.nanoTime())))
                .setHeader("User-Agent", "modelgate");
        ask.headers().forEach(request::setHeader);
        if (rule.isHome(target)) {
            access.authorization(ask.method()).ifPresent(value -> request.setHeader("Authorization", value));
        }
        TimedBody body = new TimedBody(limits.silence());
        CompletableFuture<HttpResponse<InputStream>> coming = shared.http().sendAsync(request.build(), info -> body);
        try {
            HttpResponse<InputStream> response = await(coming, moved);
            return new Reply(response.statusCode(), response.headers(), body, target);
        } catch (IOException e) {
            coming.cancel(true);
            body.close();
            throw e;
        }
    }

    /** As long as bytes go out or come in now and then. */
    private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> coming, AtomicLong moved)
            throws IOException {
        while (true) {
            long left = moved.get() + limits.silence().toNanos() - System.nanoTime();
            if (left <= 0) {
                throw new HttpTimeoutException("it does not answer");
            }
            try {
                return coming.get(left, TimeUnit.NANOSECONDS);
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
