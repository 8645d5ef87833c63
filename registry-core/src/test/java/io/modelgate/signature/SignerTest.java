package io.modelgate.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.signature.TestAuthority.Wish;
import io.modelgate.store.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed here is verified here, with keys as OpenSSL writes them. */
class SignerTest {
    private static final Path KEYS = ReferenceCasesTest.RESOURCES.resolve("keys");
    private static final List<FileDigest> FILES = List.of(
            new FileDigest("sub/x", Digest.of("1"), 1),
            new FileDigest("sub-y", Digest.of("2"), 1),
            new FileDigest("na\u00efve \ud83d\ude00.txt", Digest.of("3"), 1));

    @ParameterizedTest
    @CsvSource({"sec1-p256, sec1-p256", "sec1-p521, sec1-p521", "pkcs8-p384, pkcs8-p384", "encrypted-p256, sec1-p256"})
    void signsWithAKey(String secret, String known) throws IOException {
        Signer signer = Signer.ofPem(text(secret), () -> "correct horse".toCharArray());
        SignatureBundle bundle = read(signer.sign(SignedFiles.of("m", FILES), "model.sig"));
        assertThat(signer.key().pem()).isEqualTo(text(known + ".pub"));
        assertThat(bundle.mismatches(FILES)).isEmpty();
        assertThat(bundle.files().files().keySet()).containsExactly("na\u00efve \ud83d\ude00.txt", "sub-y", "sub/x");
        assertThat(bundle.credential())
                .isEqualTo(new Credential.Key(Optional.of(signer.key().hint())));
        assertThat(ReferenceCasesTest.check(bundle, KEYS.resolve(known + ".pub.pem")))
                .isEqualTo(new Trust.Answer.Signed("key trusted"));
    }

    @Test
    void signsWithACertificateOfItsKeyOnly() throws IOException {
        Signer signer = Signer.ofPem(text("sec1-p256"), () -> new char[0]);
        TestAuthority root = TestAuthority.root(Wish.authority("CN=Root", -1));
        TestAuthority other = TestAuthority.root(Wish.authority("CN=Other", -1));
        X509Certificate leaf = root.issue(Wish.signer("CN=Signer"), key(signer));
        SignatureBundle bundle =
                read(signer.with(List.of(leaf, root.certificate)).sign(SignedFiles.of("m", FILES), "model.sig"));
        assertThat(bundle.credential().claim()).isEqualTo("the certificate of CN=Signer");
        assertThatThrownBy(() -> signer.with(List.of(other.certificate)))
                .hasMessage("the first certificate is not about the private key");
    }

    private static PublicKey key(Signer signer) {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePublic(new X509EncodedKeySpec(
                            Pem.single(signer.key().pem(), "PUBLIC KEY").der()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void signsWhatItsOwnKeyVerifies() {
        Provider device = Security.getProvider("SunEC");
        Signer signer = Signer.ofDevice(Bundles.PAIR.getPrivate(), Bundles.KEY, device);
        SignedFiles files = SignedFiles.of("m", FILES).without(Set.of(".git"));
        SignatureBundle bundle = read(signer.sign(files, "model.sig"));
        assertThat(bundle.files()).isEqualTo(files);
        assertThat(ReferenceCasesTest.trust(Bundles.KEY).check(bundle, TestAuthority.NOW))
                .isEqualTo(new Trust.Answer.Signed("key trusted"));
        Signer mistaken = Signer.ofDevice(Bundles.pair("secp256r1").getPrivate(), Bundles.KEY, device);
        assertThatThrownBy(() -> mistaken.sign(files, "model.sig"))
                .hasMessage("what the private key signs, its public key does not verify");
    }

    @Test
    void tellsNothingOfTheSecret() throws IOException {
        String secret = text("encrypted-p256");
        assertThatThrownBy(() -> Signer.ofPem(secret, () -> "wrong".toCharArray()))
                .hasMessage("the passphrase is wrong, or the key is encrypted in a way that Java does not know");
        Signer signer = Signer.ofPem(text("pkcs8-p384"), () -> new char[0]);
        assertThat(signer.toString()).startsWith("P-384 key ");
        assertThat(Pem.blocks(text("pkcs8-p384")).get(0).toString()).isEqualTo("PRIVATE KEY");
    }

    @Test
    void wipesThePassphrase() throws IOException {
        char[] passphrase = "correct horse".toCharArray();
        Signer.ofPem(text("encrypted-p256"), () -> passphrase);
        assertThat(passphrase).containsOnly('\0');
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256k1", "rsa", "ed25519", "legacy-encryption", "explicit-curve"})
    void refusesOtherKeys(String kind) throws IOException {
        String secret = text("refused-" + kind);
        assertThatThrownBy(() -> Signer.ofPem(secret, () -> new char[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing | it has 0 blocks PUBLIC KEY, expected is one
            -----BEGIN PUBLIC KEY----- AAAA | a line that starts with ----- neither begins nor ends a block
            -----BEGIN PUBLIC KEY----- | the block PUBLIC KEY does not end
            -----END PUBLIC KEY----- | a block ends that never began
            -----BEGIN PUBLIC KEY-----~A*==~-----END PUBLIC KEY----- | holds more than base64, or less
            -----BEGIN PUBLIC KEY-----~AB==~-----END PUBLIC KEY----- | holds more than base64, or less
            -----BEGIN PUBLIC KEY-----~AA~-----END PUBLIC KEY----- | holds more than base64, or less
            -----BEGIN PUBLIC KEY-----~AAAA~-----END PRIVATE KEY----- | the block PUBLIC KEY does not end
            -----BEGIN PUBLIC KEY-----~AAAA~-----END PUBLIC KEY----- | is no public key on [P-256, P-384, P-521]
            -----BEGIN PRIVATE KEY-----~AAAA~-----END PRIVATE KEY----- | it has a block PRIVATE KEY, expected is PUBLIC KEY
            """)
    void refusesRubbishForAKey(String text, String message) {
        assertThatThrownBy(() -> VerificationKey.parse(text.replace('~', '\n'))).hasMessageContaining(message);
    }

    @Test
    void refusesTwoKeysWhereOneIsMeant() throws IOException {
        String two = text("sec1-p256.pub") + text("pkcs8-p384.pub");
        assertThatThrownBy(() -> VerificationKey.parse(two)).hasMessageContaining("it has 2 blocks PUBLIC KEY");
    }

    @Test
    void refusesAPublicKeyOfAnotherCurve() {
        assertThatThrownBy(() -> VerificationKey.of(other().getPublic())).hasMessageContaining("the key is RSA");
    }

    private static KeyPair other() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SignatureBundle read(SourceFile file) {
        return SignatureBundle.read(file).get();
    }

    private static String text(String name) throws IOException {
        return Files.readString(KEYS.resolve(name + ".pem"));
    }
}
