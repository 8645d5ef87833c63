package io.modelgate.signature;

import static io.modelgate.signature.Bundles.PAIR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.signature.TestAuthority.Wish;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PEM and DER that cost more to read than to write: in a policy or a bundle of a proposal, before anybody is trusted. */
class HostileEncodingTest {
    private static final TestAuthority ROOT = TestAuthority.root(Wish.authority("CN=Root,O=Acme", -1));
    private static final int CONSTRUCTED_STRING = 0x24;

    /** Strings made of strings made of strings: Java's reader follows them until its stack ends. */
    private static byte[] nested(int tag, int levels) {
        byte[] element = {4, 0};
        for (int i = 0; i < levels; i++) {
            element = Der.element(tag, element);
        }
        return element;
    }

    /** The certificate of the root with this in place of the value of its last extension. */
    private static byte[] withExtension(byte[] value) {
        try {
            Der body = new Der(new Der(ROOT.certificate.getTBSCertificate()).next(Der.SEQUENCE));
            byte[] extension = Der.element(Der.SEQUENCE, Der.element(Der.OBJECT_ID, new byte[] {0x2a, 3, 4}), value);
            byte[] changed = Der.element(
                    Der.SEQUENCE,
                    Der.element(Der.CONTEXT_0, body.next(Der.CONTEXT_0)),
                    Der.element(Der.INTEGER, body.next(Der.INTEGER)),
                    Der.element(Der.SEQUENCE, body.next(Der.SEQUENCE)),
                    Der.element(Der.SEQUENCE, body.next(Der.SEQUENCE)),
                    Der.element(Der.SEQUENCE, body.next(Der.SEQUENCE)),
                    Der.element(Der.SEQUENCE, body.next(Der.SEQUENCE)),
                    Der.element(Der.SEQUENCE, body.next(Der.SEQUENCE)),
                    Der.element(0xA3, Der.element(Der.SEQUENCE, extension)));
            Der whole = new Der(new Der(ROOT.certificate.getEncoded()).next(Der.SEQUENCE));
            whole.next(Der.SEQUENCE);
            return Der.element(
                    Der.SEQUENCE,
                    changed,
                    Der.element(Der.SEQUENCE, whole.next(Der.SEQUENCE)),
                    Der.element(Der.BIT_STRING, whole.next(Der.BIT_STRING)));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void followsNoStringsMadeOfStrings() {
        assertThat(PemCertificates.certificate(withExtension(nested(CONSTRUCTED_STRING, 20)))
                        .getVersion())
                .isEqualTo(3);
        byte[] deep = withExtension(nested(CONSTRUCTED_STRING, 3_000));
        assertThat(deep).hasSizeLessThan(16 << 10);
        assertThatThrownBy(() -> TrustedAuthority.certificates(pem("CERTIFICATE", deep)))
                .hasMessage("a block is no X.509 certificate");
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), ROOT.certificate))
                .isNotEmpty();
        assertThat(wrong(deep)).contains("is no certificate in DER and nothing else");
    }

    @Test
    void followsNoListsMadeOfStringsMadeOfStrings() throws Exception {
        byte[] extension = Der.element(
                Der.SEQUENCE,
                Der.element(Der.OBJECT_ID, new byte[] {0x2a, 3, 4}),
                nested(CONSTRUCTED_STRING, 50)); // more would end the stack of this test
        byte[] deep = ROOT.list(
                        TestAuthority.YEARS_AGO,
                        TestAuthority.YEARS_AHEAD,
                        Der.element(Der.CONTEXT_0, Der.element(Der.SEQUENCE, extension)))
                .getEncoded();
        assertThatThrownBy(() -> RevocationLists.list(pem("X509 CRL", deep)))
                .hasMessage("the block is no X.509 revocation list");
    }

    private static String wrong(byte[] certificate) {
        return Bundles.wrong(
                Bundles.certified(certificate),
                new Trust(List.of(), Optional.of(TestAuthority.trusting(ROOT))),
                TestAuthority.NOW);
    }

    private static String pem(String label, byte[] der) {
        return new Pem(label, der).text();
    }

    @Test
    void knowsHowDeepItIs() {
        Der.requireShallow(nested(Der.SEQUENCE, 39));
        assertThatThrownBy(() -> Der.requireShallow(nested(Der.SEQUENCE, 40))).hasMessage("it has more than 40 levels");
        Der.requireShallow(new byte[0]);
        for (byte[] other : List.of(
                new byte[] {0x30}, // no length
                new byte[] {0x30, (byte) 0x80, 0, 0}, // BER without length
                new byte[] {0x1f, 1, 0}, // a tag of several bytes
                new byte[] {0x30, 2, 4, 1}, // longer than what it is in
                new byte[] {0x30, 3, 4, 0})) {
            assertThatThrownBy(() -> Der.requireShallow(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readsNoCertificateThatIsLongerThanAny() {
        byte[] most = padded(16 << 10);
        assertThat(PemCertificates.certificate(most).getVersion()).isEqualTo(3);
        assertThat(wrong(most)).isNotEmpty().doesNotContain("is no certificate");
        byte[] more = padded((16 << 10) + 1);
        assertThatThrownBy(() -> TrustedAuthority.certificates(pem("CERTIFICATE", more)))
                .hasMessage("a block has more than 16 KiB");
        assertThat(wrong(more)).contains("is no certificate in DER and nothing else");
    }

    /** A certificate of so many bytes; the search is for the padding that gives them. */
    private static byte[] padded(int length) {
        byte[] some = withExtension(Der.element(Der.OCTET_STRING, new byte[10_000]));
        byte[] exact = withExtension(Der.element(Der.OCTET_STRING, new byte[10_000 + length - some.length]));
        assertThat(exact).hasSize(length);
        return exact;
    }

    @Test
    void readsAFewCertificatesFromOneText() {
        String one = pem("CERTIFICATE", padded(2_000));
        assertThat(TrustedAuthority.certificates(one.repeat(50))).hasSize(50);
        assertThatThrownBy(() -> TrustedAuthority.certificates(one.repeat(51)))
                .hasMessage("it has 51 blocks, expected are 1 to 50");
        assertThatThrownBy(() -> TrustedAuthority.certificates("")).hasMessage("it has 0 blocks, expected are 1 to 50");
        assertThatThrownBy(() -> TrustedAuthority.certificates(one + Bundles.KEY.pem()))
                .hasMessage("it has a block PUBLIC KEY, expected is CERTIFICATE");
        byte[] two = Arrays.copyOf(padded(2_000), 2_002);
        assertThatThrownBy(() -> TrustedAuthority.certificates(pem("CERTIFICATE", two)))
                .hasMessage("a block holds more than a certificate");
        assertThatThrownBy(() -> Pem.blocks("-----BEGIN X-----\n-----END X-----"))
                .hasMessage("the block X holds more than base64, or less");
    }

    /** The largest RSA key that Java reads, and a key of DSA that it reads and must not compute with. */
    @ParameterizedTest
    @ValueSource(strings = {"2a864886f70d010101", "2a8648ce380401"})
    void computesWithNoHugeNumbers(String algorithm) {
        boolean rsa = algorithm.startsWith("2a864886f7");
        byte[] huge = new byte[rsa ? 2_000 : 5_000];
        Arrays.fill(huge, (byte) 0x7f);
        byte[] exponent = Der.element(Der.INTEGER, Arrays.copyOf(huge, 8));
        byte[] number = Der.element(Der.INTEGER, huge);
        byte[] parameters = rsa
                ? new byte[] {5, 0}
                : Der.element(
                        Der.SEQUENCE,
                        number,
                        Der.element(Der.INTEGER, new byte[] {3}),
                        Der.element(Der.INTEGER, new byte[] {2}));
        byte[] key = Der.element(
                Der.SEQUENCE,
                Der.element(
                        Der.SEQUENCE, Der.element(Der.OBJECT_ID, HexFormat.of().parseHex(algorithm)), parameters),
                Der.element(
                        Der.BIT_STRING, new byte[] {0}, rsa ? Der.element(Der.SEQUENCE, number, exponent) : number));
        long start = System.nanoTime();
        X509Certificate middle = ROOT.issue(Wish.authority("CN=Huge", -1), new Encoded(key));
        TestAuthority namesake = TestAuthority.root(Wish.authority("CN=Huge", -1));
        X509Certificate leaf = namesake.issue(Wish.signer("CN=Signer"), PAIR.getPublic());
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), leaf, middle)).contains("leads to no root");
        assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
    }

    /** A key that is only its bytes. */
    private static final class Encoded implements PublicKey {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Encoded(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public String getAlgorithm() {
            return "X";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return bytes.clone();
        }
    }

    @Test
    void saysWhatAKeylessBundleClaims() {
        X509Certificate leaf = ROOT.issue(
                Wish.signer("CN=x").mail("release@acme.example").valid(Instant.EPOCH, TestAuthority.YEARS_AHEAD),
                PAIR.getPublic());
        Credential.Keyless keyless = new Credential.Keyless(leaf);
        assertThat(keyless.claim()).isEqualTo("a Sigstore certificate of email release@acme.example");
        assertThat(new Credential.Keyless(ROOT.certificate).claim()).isEqualTo("a Sigstore certificate");
        assertThat(StrictJson.write(keyless.toNode()))
                .startsWith("{\"method\":\"keyless\",\"subject\":\"CN=x\",\"issuer\":\"CN=Root,O=Acme\",\"serial\":\"");
        assertThat(StrictJson.write(new Credential.Key(Optional.of("ab")).toNode()))
                .isEqualTo("{\"method\":\"key\",\"hint\":\"ab\"}");
        assertThat(pem("X", new byte[] {1})).isEqualTo("-----BEGIN X-----\nAQ==\n-----END X-----\n");
    }
}
