package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Where a server may send us: never from https to http, and to machines within an organization, or to this one, only when the
 * server itself is such a machine; otherwise whoever controls a store could make the gate ask anything around it.
 */
final class HomeRule {
    private static final int LONGEST = 300; // No name of a host is cut, and no secret in it.

    private final URI home;
    private final Resolver resolver;
    /**
     * Of all addresses that the server ever had: whoever has its name could give it one of this machine, now or between two
     * requests, to be allowed to send us there.
     */
    private final Set<AddressClass> seen = ConcurrentHashMap.newKeySet();

    HomeRule(URI home, Resolver resolver) {
        this.home = home;
        this.resolver = resolver;
    }

    /** To be called before the server is asked: looks where it is. */
    void look() {
        if (!hasProxy(home)) {
            seen.addAll(classes(home));
        }
    }

    /** Whether it is the same server: scheme, host and port. Credentials go nowhere else. */
    boolean isHome(URI uri) {
        return origin(uri).equals(origin(home));
    }

    /** The address that an answer from {@code from} points to; ENVIRONMENT where nobody may be sent to. */
    URI next(URI from, Optional<String> location) {
        if (location.isEmpty()) {
            throw refused(from, "elsewhere without saying where");
        }
        URI to;
        try {
            to = from.resolve(URI.create(location.get()));
        } catch (IllegalArgumentException e) {
            throw refused(from, "to something that is no address");
        }
        require(from, to);
        return to;
    }

    /** ENVIRONMENT unless the server at {@code from} may send us to {@code to}. */
    void require(URI from, URI to) {
        String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
        if (to.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw refused(from, "to something that is no address of a web server");
        }
        if (to.getRawUserInfo() != null) {
            throw refused(from, "to an address with a user in it");
        }
        if (scheme.equals("http") && !from.getScheme().equalsIgnoreCase("http")) {
            throw refused(from, "from https to http (" + server(to) + "), where anybody can read along");
        }
        if (host(to).equals(host(home))) {
            return;
        }
        seen.addAll(classes(home));
        Set<AddressClass> allowed = EnumSet.of(AddressClass.PUBLIC);
        if (seen.size() == 1) {
            allowed.addAll(seen);
        }
        allowed.remove(AddressClass.SPECIAL);
        classesOf(to).stream()
                .filter(each -> !allowed.contains(each))
                .findFirst()
                .ifPresent(each -> {
                    throw refused(from, "to " + server(to) + ", which is a " + each + " address and not its own");
                });
    }

    /** That the server sent us somewhere, as the beginning of a sentence. */
    String sending(URI to) {
        return shown(home) + " sends us to " + server(to);
    }

    /** Loopback only: nobody else hears what is said. */
    static boolean isThisMachine(URI uri) {
        String host = host(uri);
        return host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
    }

    private Set<AddressClass> classesOf(URI to) {
        try {
            return classes(to);
        } catch (RegistryException e) {
            throw HttpTrouble.sentOn(sending(to), e);
        }
    }

    private Set<AddressClass> classes(URI uri) {
        Set<AddressClass> classes = EnumSet.noneOf(AddressClass.class);
        String host = host(uri);
        try {
            Stream.of(resolver.resolve(host)).map(AddressClass::of).forEach(classes::add);
        } catch (UnknownHostException e) {
            if (!hasProxy(uri)) {
                throw HttpTrouble.unknown(uri, e);
            }
            // Behind a proxy this machine may know no names at all; the proxy decides then.
        }
        return classes;
    }

    private static boolean hasProxy(URI uri) {
        ProxySelector selector = ProxySelector.getDefault();
        return selector != null && selector.select(uri).stream().anyMatch(each -> each.type() != Proxy.Type.DIRECT);
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static String origin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        return scheme + "://" + host(uri) + (port == usual ? "" : ":" + port);
    }

    /** Whom an address belongs to, for people: the rest of it is of whoever sends there. */
    static String server(URI uri) {
        return Text.said(origin(uri), LONGEST);
    }

    /** An address for people: what stands behind the question mark may be a secret. */
    static String shown(URI uri) {
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return Text.said(uri.getScheme() + "://" + uri.getHost() + port + path, LONGEST);
    }

    private RegistryException refused(URI from, String what) {
        return RegistryException.environment(
                (isHome(from) ? shown(home) : server(from)) + " sends us " + what + ".",
                "That is not followed. If the store moved, write its new address into registry.yaml.",
                null);
    }
}
