package io.modelgate;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How a process reaches other machines, by the variables that other tools heed too: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and
 * {@code NO_PROXY}, and {@code MODELGATE_CA_FILE} for authorities beside those that Java trusts. It holds for the whole process,
 * Git's transports included, so that it is for programs and not for libraries.
 */
public final class NetworkSettings {
    /** The variable that names a file with certificates (PEM) of authorities to trust too. */
    public static final String AUTHORITIES = "MODELGATE_CA_FILE";

    private NetworkSettings() {}

    /** Sets what the variables say; does nothing without them. */
    public static void install(Map<String, String> environment) {
        Optional.ofNullable(environment.get(AUTHORITIES))
                .filter(file -> !file.isBlank())
                .ifPresent(file -> SSLContext.setDefault(context(Path.of(file))));
        ProxySelector proxies = proxies(environment);
        if (proxies instanceof ByEnvironment) {
            ProxySelector.setDefault(proxies);
        }
    }

    /** Trusts what Java trusts, and the authorities of a file; ENVIRONMENT when it cannot be read. */
    static SSLContext context(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            Collection<? extends Certificate> given =
                    CertificateFactory.getInstance("X.509").generateCertificates(stream);
            if (given.isEmpty()) {
                throw new GeneralSecurityException("it has no certificate");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (X509Certificate own : trustedByJava()) {
                store.setCertificateEntry("java-" + number++, own);
            }
            for (Certificate each : given) {
                store.setCertificateEntry("file-" + number++, each);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trustManagers(store), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw RegistryException.environment(
                    AUTHORITIES + " names " + file + ", which cannot be used: " + e.getMessage() + ".",
                    "Name a file with certificates in PEM form.",
                    e);
        }
    }

    private static List<X509Certificate> trustedByJava() throws GeneralSecurityException {
        return Stream.of(trustManagers(null))
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    private static TrustManager[] trustManagers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** The proxies that the variables name; Java's own choice without them. */
    static ProxySelector proxies(Map<String, String> environment) {
        Optional<Proxy> https = proxy(environment, "https_proxy");
        Optional<Proxy> http = proxy(environment, "http_proxy");
        return https.isEmpty() && http.isEmpty()
                ? Optional.ofNullable(ProxySelector.getDefault()).orElseGet(() -> ProxySelector.of(null))
                : new ByEnvironment(https, http, withoutProxy(environment));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
                .filter(text -> !text.isBlank());
    }

    private static Optional<Proxy> proxy(Map<String, String> environment, String name) {
        return variable(environment, name).map(text -> {
            try {
                URI uri = URI.create(text.contains("://") ? text : "http://" + text);
                if (uri.getHost() == null || !"http".equals(uri.getScheme()) || uri.getUserInfo() != null) {
                    throw new IllegalArgumentException("no address of a proxy");
                }
                int port = uri.getPort() < 0 ? 80 : uri.getPort();
                return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
            } catch (IllegalArgumentException e) {
                throw RegistryException.usage(
                        name.toUpperCase(Locale.ROOT) + " is no address of a proxy that can be used.",
                        "Write http://host:port; a proxy that wants a password is not supported.");
            }
        });
    }

    private static List<String> withoutProxy(Map<String, String> environment) {
        return variable(environment, "no_proxy").stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(each -> each.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static final class ByEnvironment extends ProxySelector {
        private final Optional<Proxy> https;
        private final Optional<Proxy> http;
        private final List<String> without;

        ByEnvironment(Optional<Proxy> https, Optional<Proxy> http, List<String> without) {
            this.https = https;
            this.http = http;
            this.without = without;
        }

        @Override
        public List<Proxy> select(URI uri) {
            String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
            boolean direct = isLoopback(host)
                    || without.contains("*")
                    || without.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name));
            Optional<Proxy> proxy = "https".equals(uri.getScheme()) ? https : http;
            return List.of(direct ? Proxy.NO_PROXY : proxy.orElse(Proxy.NO_PROXY));
        }

        private static boolean isLoopback(String host) {
            return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException trouble) {
            // Whoever asked gets the trouble itself.
        }
    }
}
