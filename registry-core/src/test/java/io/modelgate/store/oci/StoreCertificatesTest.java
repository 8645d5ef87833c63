package io.modelgate.store.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.NetworkSettings;
import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.signature.TestAuthority;
import io.modelgate.signature.TestAuthority.Wish;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.LeastRate;
import io.modelgate.store.Progress;
import io.modelgate.store.RemoteStore;
import io.modelgate.store.StoreKind;
import io.modelgate.store.Stores;
import io.modelgate.store.Verification;
import io.modelgate.store.http.Access;
import io.modelgate.store.http.HttpStoreKind;
import io.modelgate.store.http.Limits;
import io.modelgate.store.http.PlayedServer;
import io.modelgate.store.http.StoreClient;
import io.modelgate.store.s3.S3StoreKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who a server proves to be. The authority of these tests is trusted by MODELGATE_CA_FILE, as a company's own is. */
@Timeout(60)
class StoreCertificatesTest {
    private static final byte[] BYTES = new byte[1_000];
    private static final FileDigest FILE = new FileDigest("model.onnx", Digest.of(BYTES), BYTES.length);
    private static final ModelName MODEL = ModelName.parse("credit/default-risk");
    private static final TestAuthority OURS = TestAuthority.root(Wish.authority("CN=Ours", -1));
    private static final TestAuthority OTHERS = TestAuthority.root(Wish.authority("CN=Others", -1));
    private static final KeyPair PAIR = pair();

    @TempDir
    Path work;

    private SSLContext before;
    private PlayedServer server;

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void trust() throws Exception {
        before = SSLContext.getDefault();
        Path file = work.resolve("ca.pem");
        Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(OURS.certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        NetworkSettings.install(Map.of(NetworkSettings.AUTHORITIES, file.toString()));
        System.setProperty("aws.accessKeyId", "somebody");
        System.setProperty("aws.secretAccessKey", "never-to-be-told");
    }

    @AfterEach
    void forget() {
        SSLContext.setDefault(before);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        if (server != null) {
            server.close();
        }
    }

    /** What a server shows: {@code good}, or what is wrong with it. */
    private static Certificate certificate(String what) {
        Wish wish = new Wish("CN=server").host(what.equals("name") ? "other.example" : "localhost");
        if (what.equals("expired")) {
            wish.valid(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z"));
        }
        TestAuthority by = what.equals("unknown") ? OTHERS : OURS;
        return what.equals("self-signed") ? OTHERS.certificate : by.issue(wish, PAIR.getPublic());
    }

    private static SSLContext context(String what) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            KeyPair pair = what.equals("self-signed") ? OTHERS.pair() : PAIR;
            keys.setKeyEntry("server", pair.getPrivate(), new char[0], new Certificate[] {certificate(what)});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static PlayedServer serve(String certificate) throws IOException {
        return new PlayedServer(context(certificate), exchange -> PlayedServer.send(exchange, 200, BYTES));
    }

    private ArtifactStore store(String kind, URI address) {
        Limits limits = Limits.of(Map.of());
        if (kind.equals("oci")) {
            StoreClient nobody = new StoreClient(address, Access.NONE, limits);
            OciAddress at = new OciAddress("localhost:" + address.getPort(), address, "models");
            return new RemoteStore("main", "oci://" + at.registry(), all(at, nobody), LeastRate.USUAL).of(MODEL);
        }
        boolean s3 = kind.equals("s3");
        StoreKind.Site site = new StoreKind.Site(
                "main",
                new StoreLocation(
                        s3 ? "s3://models" : address.toString(),
                        s3 ? Optional.of(address) : Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                work);
        return s3 ? new S3StoreKind(limits).open(site) : new HttpStoreKind().open(site);
    }

    private OciObjects.All all(OciAddress at, StoreClient nobody) {
        return new OciObjects.All(
                at,
                nobody,
                resource -> new RegistryAccess(nobody, resource, () -> RegistryLogin.none("no login")),
                BegunUploads.of(Map.of(), work));
    }

    private static AbstractThrowableAssert<?, RegistryException> refuses(ArtifactStore store, String remedy) {
        return assertThatThrownBy(() -> store.verify(FILE))
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> e.kind() == Kind.ENVIRONMENT, "is ENVIRONMENT")
                .matches(e -> e.remedy().contains(remedy), "has the remedy " + remedy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "oci", "s3"})
    void anOwnAuthorityIsTrustedForEveryKindOfStore(String kind) throws IOException {
        server = serve("good");
        assertThat(store(kind, server.at("localhost")).verify(FILE)).isEqualTo(Verification.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "https, name, Use the name", "https, expired, Have its certificate renewed",
                "https, unknown, MODELGATE_CA_FILE",
        "https, self-signed, MODELGATE_CA_FILE", "oci, name, Use the name",
                "oci, expired, Have its certificate renewed",
        "oci, unknown, MODELGATE_CA_FILE", "oci, self-signed, MODELGATE_CA_FILE", "s3, name, Use the name",
        "s3, expired, Have its certificate renewed", "s3, unknown, MODELGATE_CA_FILE",
                "s3, self-signed, MODELGATE_CA_FILE"
    })
    void whoeverProvesNothingIsAskedNothing(String kind, String what, String remedy) throws IOException {
        server = serve(what);
        refuses(store(kind, server.at("localhost")), remedy)
                .hasMessageContaining("The certificate of localhost is not trusted");
        assertThat(server.asked).isEmpty();
    }

    @Test
    void aTokenServerProvesWhoItIsToo() throws IOException {
        try (PlayedServer tokens = serve("unknown")) {
            server = new PlayedServer(exchange -> {
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", "Bearer realm=\"" + tokens.at("localhost") + "/token\"");
                PlayedServer.send(exchange, 401, new byte[0]);
            });
            refuses(store("oci", server.at("localhost")), "MODELGATE_CA_FILE")
                    .hasMessageContaining("The certificate of localhost is not trusted");
            assertThat(tokens.asked).isEmpty();
        }
    }

    @Test
    void aMirrorProvesWhoItIsToo() throws IOException {
        server = serve("name");
        StoreConfig config = new StoreConfig(
                "main",
                StoreLocation.of("file:" + Files.createDirectory(work.resolve("empty"))),
                List.of(StoreLocation.of(server.at("localhost").toString())));
        ArtifactStore store = Stores.open(List.of(config), work).named(Optional.empty());
        assertThatThrownBy(() -> store.get(FILE, work.resolve("out"), Progress.NONE))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(
                        "The mirror " + server.at("localhost") + " cannot give it: The certificate of localhost");
        assertThat(server.asked).isEmpty();
        assertThat(work.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "oci", "s3"})
    void nobodyIsSentFromHttpsToHttp(String kind) throws IOException {
        try (PlayedServer other = new PlayedServer(exchange -> PlayedServer.send(exchange, 200, BYTES))) {
            server = new PlayedServer(
                    context("good"), exchange -> PlayedServer.redirect(exchange, 302, other.at("localhost") + "/x"));
            refuses(store(kind, server.at("localhost")), "registry.yaml")
                    .hasMessageContaining(kind.equals("s3") ? "sends on to another address" : "from https to http");
            assertThat(other.asked).isEmpty();
        }
    }
}
