package io.modelgate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.signature.TestAuthority.Wish;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference tool verifies what is signed here, and what it signs is verified here: {@code peers/model-signing build}. */
class ModelSigningToolTest {
    private static final TestAuthority ROOT = TestAuthority.root(Wish.authority("CN=Root,O=Acme", -1));
    private static final TestAuthority MIDDLE = ROOT.authority(Wish.authority("CN=Issuing,O=Acme", 0));

    @TempDir
    Path folder;

    private Path tool = Path.of("");

    @BeforeEach
    void begin() throws IOException {
        Map<String, String> variables = System.getenv();
        String cache = variables.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        tool = Path.of(variables.getOrDefault("MODELGATE_PEERS", cache + "/modelgate-peers"))
                .resolve("model-signing-1.1.1/bin/model_signing");
        Assumptions.assumeTrue(
                Files.isExecutable(tool), "no model-signing on this machine: 'peers/model-signing build' installs it");
        Files.createDirectories(folder.resolve("model/sub"));
        Files.writeString(folder.resolve("model/sub/x"), "one");
        Files.writeString(folder.resolve("model/sub-y"), "two");
        Files.writeString(folder.resolve("model/na\u00efve \ud83d\ude00.txt"), "three");
        Files.writeString(folder.resolve("model/empty"), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void verifiesOurSignatureByKey(String curve) throws Exception {
        Signer signer = signer(Bundles.pair(curve));
        Files.writeString(folder.resolve("key.pub.pem"), signer.key().pem());
        write(signer.sign(SignedFiles.of("model", files()), "model.sig"));
        assertThat(run("verify", "key", "model", "--signature", "model.sig", "--public_key", "key.pub.pem"))
                .isEqualTo("Verification succeeded");
        Files.writeString(folder.resolve("model/sub-y"), "changed");
        assertThat(run("verify", "key", "model", "--signature", "model.sig", "--public_key", "key.pub.pem"))
                .contains("Hash mismatch for 'sub-y'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void signsWhatWeVerifyByKey(String curve) throws Exception {
        KeyPair pair = Bundles.pair(curve);
        signer(pair);
        assertThat(run("sign", "key", "model", "--private_key", "key.pem", "--signature", "model.sig"))
                .isEqualTo("Signing succeeded");
        Trust trust = ReferenceCasesTest.trust(VerificationKey.of(pair.getPublic()));
        assertThat(check(trust)).isEqualTo(new Trust.Answer.Signed("key trusted"));
        Files.writeString(folder.resolve("model/sub-y"), "changed");
        assertThat(read().mismatches(files())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void understandsCertificatesAsWeDo(String curve) throws Exception {
        KeyPair pair = Bundles.pair(curve);
        X509Certificate leaf = MIDDLE.issue(Wish.signer("CN=Signer,O=Acme"), pair.getPublic());
        pem("leaf.pem", leaf);
        pem("middle.pem", MIDDLE.certificate);
        pem("root.pem", ROOT.certificate);
        Trust trust = new Trust(
                List.of(),
                Optional.of(new TrustedAuthority(
                        List.of(ROOT.certificate),
                        List.of(),
                        List.of(),
                        List.of(),
                        Duration.ZERO,
                        RevocationLists.NONE)));
        Signer signer = signer(pair).with(List.of(leaf, MIDDLE.certificate));
        write(signer.sign(SignedFiles.of("model", files()), "model.sig"));
        assertThat(run("verify", "certificate", "model", "--signature", "model.sig", "--certificate_chain", "root.pem"))
                .isEqualTo("Verification succeeded");
        assertThat(check(trust)).isEqualTo(new Trust.Answer.Signed("certificate of CN=Signer,O=Acme"));
        Files.delete(folder.resolve("model.sig"));
        assertThat(run(
                        "sign",
                        "certificate",
                        "model",
                        "--private_key",
                        "key.pem",
                        "--signing_certificate",
                        "leaf.pem",
                        "--certificate_chain",
                        "middle.pem",
                        "--signature",
                        "model.sig"))
                .isEqualTo("Signing succeeded");
        assertThat(check(trust)).isEqualTo(new Trust.Answer.Signed("certificate of CN=Signer,O=Acme"));
    }

    @Test
    void verifiesOurSignatureOfOneFile() throws Exception {
        Signer signer = signer(Bundles.pair("secp256r1"));
        Files.writeString(folder.resolve("key.pub.pem"), signer.key().pem());
        write(signer.sign(SignedFiles.oneFile("sub-y", Digest.of("two")), "model.sig"));
        assertThat(run("verify", "key", "model/sub-y", "--signature", "model.sig", "--public_key", "key.pub.pem"))
                .isEqualTo("Verification succeeded");
    }

    private Trust.Answer check(Trust trust) throws IOException {
        assertThat(read().mismatches(files())).isEmpty();
        return trust.check(read(), TestAuthority.NOW);
    }

    private SignatureBundle read() throws IOException {
        return ReferenceCasesTest.bundle(folder.resolve("model.sig"));
    }

    private List<FileDigest> files() {
        return new ModelFolder(folder.resolve("model"), Progress.NONE)
                .files(each -> true)
                .get();
    }

    /** Signs with the private key of the pair, which is left in {@code key.pem} for the tool. */
    private Signer signer(KeyPair pair) throws IOException {
        String pem = new Pem("PRIVATE KEY", pair.getPrivate().getEncoded()).text();
        Files.writeString(folder.resolve("key.pem"), pem);
        return Signer.ofPem(pem, () -> new char[0]);
    }

    private void pem(String name, X509Certificate certificate) throws IOException, CertificateEncodingException {
        Files.writeString(folder.resolve(name), new Pem("CERTIFICATE", certificate.getEncoded()).text());
    }

    private void write(SourceFile signature) throws IOException {
        Files.write(folder.resolve("model.sig"), signature.bytes());
    }

    private String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(Arrays.asList(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }
}
