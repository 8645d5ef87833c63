package io.modelgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.modelgate.finding.RegistryException;
import io.modelgate.host.http.HostClient;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSettingsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("HTTPS_PROXY", "http://proxy.acme.example:3128", "no_proxy", "git.acme.example, .internal.example");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "https://github.com/x, HTTP @ proxy.acme.example",
        "http://github.com/x, DIRECT",
        "https://git.acme.example/x, DIRECT",
        "https://a.internal.example/x, DIRECT",
        "https://notgit.acme.example.com/x, HTTP @ proxy.acme.example",
        "https://127.0.0.1:3000/x, DIRECT",
    })
    void takesTheProxyThatTheVariablesName(URI uri, String proxy) {
        List<Proxy> chosen = NetworkSettings.proxies(ENVIRONMENT).select(uri);

        assertThat(chosen).singleElement().asString().startsWith(proxy);
    }

    @Test
    void leavesItToJavaWithoutVariables() {
        assertThat(NetworkSettings.proxies(Map.of())).isSameAs(ProxySelector.getDefault());
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://x:1", "http://user:secret-word@x:1", "http://", "::"})
    void wantsAProxyThatItCanUse(String text) {
        assertThatThrownBy(() -> NetworkSettings.proxies(Map.of("https_proxy", text)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("HTTPS_PROXY")
                .message()
                .doesNotContain("secret-word");
    }

    @Test
    void trustsTheAuthoritiesOfAFile() throws Exception {
        Path keys = folder.resolve("keys.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "host",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit");
        Path certificate = folder.resolve("ca.pem");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "host",
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit",
                "-file",
                certificate.toString());
        HttpsServer server = server(keys);
        SSLContext before = SSLContext.getDefault();
        try {
            URI base = URI.create("https://localhost:" + server.getAddress().getPort());
            assertThatThrownBy(() -> new HostClient(base, Map.of(), Clock.systemUTC()).get("/x"))
                    .isInstanceOfSatisfying(RegistryException.class, trouble -> {
                        assertThat(trouble).hasMessageContaining("The certificate of localhost is not trusted");
                        assertThat(trouble.remedy()).contains("MODELGATE_CA_FILE");
                    });

            NetworkSettings.install(Map.of("MODELGATE_CA_FILE", certificate.toString()));

            assertThat(new HostClient(base, Map.of(), Clock.systemUTC())
                            .get("/x")
                            .text("is"))
                    .contains("there");
        } finally {
            SSLContext.setDefault(before);
            server.stop(0);
        }
    }

    private HttpsServer server(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(keys)) {
            store.load(stream, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = "{\"is\": \"there\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing.pem", "empty.pem", "rubbish.pem"})
    void saysWhatIsWrongWithTheFile(String name) throws Exception {
        Files.writeString(folder.resolve("empty.pem"), "");
        Files.writeString(
                folder.resolve("rubbish.pem"), "-----BEGIN CERTIFICATE-----\nnothing\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> NetworkSettings.context(folder.resolve(name)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("MODELGATE_CA_FILE names");
    }
}
