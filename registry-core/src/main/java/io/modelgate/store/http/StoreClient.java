package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.GivenUpException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the server of a store, for many threads. No wait is longer than a minute; a busy server is asked again as it wishes;
 * redirects are followed by hand, so that credentials stay at home and nobody is sent where {@link HomeRule} does not allow.
 * What cannot be mended by asking again is a {@link RegistryException}; what may pass is an {@link IOException}.
 */
public final class StoreClient {
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final URI home;
    private final Access access;
    private final Resolver resolver;
    private final Limits limits;
    private final Wire wire;
    private final HomeRule rule;

    private StoreClient(URI home, Access access, Resolver resolver, Limits limits, Wire wire) {
        this.home = home;
        this.access = access;
        this.resolver = resolver;
        this.limits = limits;
        this.wire = wire;
        this.rule = new HomeRule(home, resolver);
    }

    /**
     * @param home an address of the server; its scheme, host and port are where credentials go
     * @param limits how long it is waited for
     */
    public StoreClient(URI home, Access access, Limits limits) {
        this(home, access, Resolver.SYSTEM, limits);
    }

    StoreClient(URI home, Access access, Resolver resolver, Limits limits) {
        this(home, access, resolver, limits, new Wire(limits));
    }

    /** The same server, asked by somebody else. */
    public StoreClient as(Access other) {
        return new StoreClient(home, other, resolver, limits, wire);
    }

    /** Another server that this one names; ENVIRONMENT when it may not send us there. */
    public StoreClient at(String other, Access others) {
        URI there = rule.next(home, Optional.of(other));
        return new StoreClient(there, others, resolver, limits, wire);
    }

    /** How long it is waited for, and how much it may say. */
    public Limits limits() {
        return limits;
    }

    /** Where the server is. */
    public URI home() {
        return home;
    }

    /** Whether an address is at the server itself. */
    public boolean isHome(URI uri) {
        return rule.isHome(uri);
    }

    /** Whether nobody else can hear what is said to the server. */
    public static boolean isSafe(URI uri) {
        return uri.getScheme().equalsIgnoreCase("https") || HomeRule.isThisMachine(uri);
    }

    /** The address that an answer points to with {@code Location}, for a request to follow; ENVIRONMENT when it may not. */
    public URI location(Reply reply) {
        return next(reply.from(), reply);
    }

    /** What to say about an answer that is no success; it is closed by whoever asked. */
    public RegistryException trouble(Reply reply, String what) {
        return HttpTrouble.of(reply, what, access, rule);
    }

    /** Sends a request, and follows where it leads. Whoever answers in the end may know what others were shown on the way. */
    public Reply send(Ask ask) throws IOException {
        Sent sent = new Sent(ask);
        try {
            return follow(ask, sent);
        } catch (RegistryException e) {
            throw sent.secrets.hide(e);
        } catch (IOException e) {
            throw sent.secrets.hide(e);
        }
    }

    /** What was shown to anybody by one request, up to now. */
    private static final class Sent {
        private Secrets secrets;

        Sent(Ask ask) {
            this.secrets = ask.secrets();
        }
    }

    private Reply follow(Ask ask, Sent sent) throws IOException {
        sent.secrets = sent.secrets.and(access.secrets());
        if (!rule.isHome(ask.uri())) {
            rule.require(home, ask.uri());
        }
        URI target = ask.uri();
        boolean challenged = false;
        int redirects = 0;
        while (true) {
            Reply reply = patiently(ask, target, sent);
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
            target = next(target, reply);
        }
    }

    private Reply patiently(Ask ask, URI target, Sent sent) throws IOException {
        Patience patience = new Patience(limits);
        for (int tries = 1; ; tries++) {
            if (rule.isHome(target)) {
                rule.look();
            } else if (tries > 1) {
                rule.require(home, target); // Its name may have another address by now.
            }
            try {
                Reply reply = once(ask, target, sent);
                if (!mayPass(ask, reply.status()) || !patience.again(reply.header("retry-after"))) {
                    return reply;
                }
                reply.close();
            } catch (GivenUpException e) {
                throw e;
            } catch (IOException e) {
                IOException told = told(target, e, sent);
                if (!ask.patient() || !patience.againAfterBreak()) {
                    throw told;
                }
            }
        }
    }

    private IOException told(URI target, IOException trouble, Sent sent) {
        try {
            IOException told = HttpTrouble.told(target, trouble, sent.secrets);
            return rule.isHome(target)
                    ? told
                    : new IOException(rule.sending(target) + ": " + told.getMessage(), told.getCause());
        } catch (RegistryException e) {
            throw rule.isHome(target) ? e : HttpTrouble.sentOn(rule.sending(target), e);
        }
    }

    private static boolean mayPass(Ask ask, int status) {
        boolean harmless = ask.patient() || ask.onlyReads();
        return ask.content().again() && (harmless ? Patience.mayPass(status) : Patience.isBusy(status));
    }

    private Reply once(Ask ask, URI target, Sent sent) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target).setHeader("User-Agent", "modelgate");
        ask.headers().forEach(request::setHeader);
        sent.secrets = sent.secrets.and(access.secrets()).andQuery(target);
        if (rule.isHome(target)) {
            access.authorization(ask.method()).ifPresent(value -> {
                sent.secrets = sent.secrets.andAuthorization(value);
                request.setHeader("Authorization", value);
            });
        }
        return wire.send(ask.method(), request, ask.content(), sent.secrets);
    }

    /** Where an answer points to, whose words are the server's, too. */
    private URI next(URI from, Reply reply) {
        try {
            return rule.next(from, reply.header("location"));
        } catch (RegistryException e) {
            throw reply.secrets().hide(e);
        }
    }
}
