package io.modelgate.signature;

import static io.modelgate.signature.Bundles.PAIR;
import static io.modelgate.signature.Bundles.PAYLOAD;
import static io.modelgate.signature.TestAuthority.NOW;
import static io.modelgate.signature.TestAuthority.YEARS_AGO;
import static io.modelgate.signature.TestAuthority.YEARS_AHEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.signature.RevocationLists.Scope;
import io.modelgate.signature.TestAuthority.Wish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Certificates that were not given out for signing models, or not to this signer, or not any more. Long, because all attacks share
 * the same authorities.
 */
class HostileCertificateTest {
    private static final TestAuthority ROOT = TestAuthority.root(Wish.authority("CN=Root,O=Acme", -1));
    private static final TestAuthority MIDDLE = ROOT.authority(Wish.authority("CN=Issuing,O=Acme", 0));
    private static final X509Certificate LEAF = MIDDLE.issue(signer(), PAIR.getPublic());
    private static final String SERVER_PURPOSE = "2b06010505070301";
    private static final String CODE_PURPOSE = "2b06010505070303";

    private static Wish signer() {
        return Wish.signer("CN=Signer,O=Acme");
    }

    @Test
    void acceptsTheHonestChain() {
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), LEAF, MIDDLE.certificate))
                .isEmpty();
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), LEAF, MIDDLE.certificate, ROOT.certificate))
                .isEmpty();
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(ROOT), ROOT.issue(signer().purpose(CODE_PURPOSE), PAIR.getPublic())))
                .isEmpty();
    }

    @Test
    void needsAWayToTheRoot() {
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), LEAF)).contains("leads to no root that is trusted");
        TestAuthority stranger = TestAuthority.root(Wish.authority("CN=Root,O=Acme", -1));
        assertThat(Bundles.wrong(TestAuthority.trusting(stranger), LEAF, MIDDLE.certificate))
                .as("an authority of the same name")
                .contains("leads to no root that is trusted");
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(ROOT), stranger.issue(signer(), PAIR.getPublic()), stranger.certificate))
                .as("a root that the bundle brings")
                .contains("leads to no root that is trusted");
        TrustedAuthority complete = new TrustedAuthority(
                List.of(ROOT.certificate),
                List.of(MIDDLE.certificate),
                List.of(),
                List.of(),
                Duration.ZERO,
                RevocationLists.NONE);
        assertThat(Bundles.wrong(complete, LEAF)).isEmpty();
    }

    @Test
    void takesNoSelfSignedLeafForARoot() {
        TestAuthority self = TestAuthority.root(Wish.signer("CN=Signer,O=Acme"));
        assertThatThrownBy(() -> TestAuthority.trusting(self))
                .hasMessageContaining("is no authority: its certificate does not say CA");
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(ROOT),
                        MIDDLE.issue(Wish.authority("CN=Signer,O=Acme", -1), PAIR.getPublic()),
                        MIDDLE.certificate))
                .isNotEmpty();
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(ROOT),
                        ROOT.issue(Wish.authority("CN=Signer,O=Acme", -1), PAIR.getPublic())))
                .contains("is that of an authority, which signs no models");
    }

    @Test
    void trustsNoIntermediateAsARoot() {
        assertThatThrownBy(() -> TestAuthority.trusting(MIDDLE)).hasMessageContaining("is no root: another signed it");
    }

    @Test
    void letsNoSignerGiveOutCertificates() {
        TestAuthority leafAsAuthority = ROOT.authority(Wish.signer("CN=Somebody,O=Acme"));
        X509Certificate below = leafAsAuthority.issue(signer(), PAIR.getPublic());
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), below, leafAsAuthority.certificate))
                .contains("leads to no root");
    }

    @Test
    void keepsToTheLengthOfPaths() {
        TestAuthority tooFar = MIDDLE.authority(Wish.authority("CN=Below,O=Acme", -1));
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(ROOT),
                        tooFar.issue(signer(), PAIR.getPublic()),
                        tooFar.certificate,
                        MIDDLE.certificate))
                .contains("is not valid");
        TestAuthority shortRoot = TestAuthority.root(Wish.authority("CN=Short", 0));
        TestAuthority middle = shortRoot.authority(Wish.authority("CN=Middle", -1));
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(shortRoot),
                        middle.issue(signer(), PAIR.getPublic()),
                        middle.certificate))
                .as("the limit that the root itself has")
                .contains("is not valid");
    }

    @Test
    void keepsToTheNamesThatARootMayGiveOut() {
        TestAuthority narrow =
                TestAuthority.root(Wish.authority("CN=Narrow", -1).onlyHost("acme.example"));
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(narrow),
                        narrow.issue(signer().host("signer.acme.example"), PAIR.getPublic())))
                .isEmpty();
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(narrow), narrow.issue(signer().host("evil.example"), PAIR.getPublic())))
                .contains("is not valid");
    }

    @Test
    void wantsAKeyForDigitalSignatures() {
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(ROOT), ROOT.issue(new Wish("CN=Signer,O=Acme"), PAIR.getPublic())))
                .contains("is not for digital signatures");
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(ROOT),
                        ROOT.issue(new Wish("CN=Signer,O=Acme").usage(0x20), PAIR.getPublic())))
                .contains("is not for digital signatures");
    }

    @Test
    void takesNoCertificateOfAServer() {
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(ROOT), ROOT.issue(signer().purpose(SERVER_PURPOSE), PAIR.getPublic())))
                .contains("is for other purposes: asked is 1.3.6.1.5.5.7.3.3");
        TestAuthority servers = ROOT.authority(Wish.authority("CN=Servers", 0).purpose(SERVER_PURPOSE));
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(ROOT), servers.issue(signer(), PAIR.getPublic()), servers.certificate))
                .contains("CN=Servers is for other purposes");
    }

    @Test
    void wantsThePurposeThatThePolicyNames() {
        TrustedAuthority asked = new TrustedAuthority(
                List.of(ROOT.certificate),
                List.of(),
                List.of(),
                List.of("1.3.6.1.5.5.7.3.3"),
                Duration.ZERO,
                RevocationLists.NONE);
        assertThat(Bundles.wrong(asked, ROOT.issue(signer(), PAIR.getPublic())))
                .contains("is for nothing in particular");
        assertThat(Bundles.wrong(asked, ROOT.issue(signer().purpose(SERVER_PURPOSE, CODE_PURPOSE), PAIR.getPublic())))
                .isEmpty();
    }

    @Test
    void judgesByTheTimeOfTheJudgement() {
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        X509Certificate over = ROOT.issue(signer().valid(YEARS_AGO, yesterday), PAIR.getPublic());
        X509Certificate young = ROOT.issue(signer().valid(NOW.plusSeconds(1), YEARS_AHEAD), PAIR.getPublic());
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), over))
                .contains("ended on 2026-11-22T10:00:00Z: nothing proves that it signed");
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), young))
                .contains("is not valid before 2026-11-23T10:00:01Z");
        assertThat(Bundles.wrong(patient(Duration.ofDays(2)), over)).isEmpty();
        assertThat(Bundles.wrong(patient(Duration.ofHours(23)), over)).contains("bears with it for 0 days only");
    }

    private static TrustedAuthority patient(Duration time, X509CRL... lists) {
        return new TrustedAuthority(
                List.of(ROOT.certificate),
                List.of(),
                List.of(),
                List.of(),
                time,
                new RevocationLists(List.of(lists), lists.length == 0 ? Scope.NONE : Scope.LEAF));
    }

    @Test
    void wantsAuthoritiesThatAreValidToo() {
        TestAuthority old = ROOT.authority(Wish.authority("CN=Old", 0).valid(YEARS_AGO, NOW.minusSeconds(1)));
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), old.issue(signer(), PAIR.getPublic()), old.certificate))
                .contains("is not valid: EXPIRED (CN=Old)");
        TestAuthority oldRoot =
                TestAuthority.root(Wish.authority("CN=Old root", -1).valid(YEARS_AGO, NOW.minusSeconds(1)));
        assertThat(Bundles.wrong(TestAuthority.trusting(oldRoot), oldRoot.issue(signer(), PAIR.getPublic())))
                .as("Java takes anchors for granted")
                .contains("is not valid: EXPIRED (CN=Old root)");
    }

    @Test
    void takesNoWeakAlgorithm() {
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), ROOT.issue(signer().sha1(), PAIR.getPublic())))
                .isNotEmpty();
    }

    @Test
    void understandsEveryCriticalExtension() {
        X509Certificate odd = ROOT.issue(signer().extension("2a0304", true, new byte[] {5, 0}), PAIR.getPublic());
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), odd)).contains("is not valid");
    }

    @Test
    void letsOnlySignThoseWhoMay() {
        TrustedAuthority named = new TrustedAuthority(
                List.of(ROOT.certificate),
                List.of(),
                List.of(
                        new Identity(Identity.Kind.EMAIL, "release@acme.example"),
                        new Identity(Identity.Kind.SUBJECT, "cn=Boss, o=acme")),
                List.of(),
                Duration.ZERO,
                RevocationLists.NONE);
        assertThat(Bundles.wrong(named, ROOT.issue(signer().mail("release@acme.example"), PAIR.getPublic())))
                .isEmpty();
        assertThat(Bundles.wrong(named, ROOT.issue(Wish.signer("CN=Boss,O=Acme"), PAIR.getPublic())))
                .isEmpty();
        for (String other :
                List.of("release@acme.example.evil", "release@acme.example\u0000.evil", "RELEASE@acme.example")) {
            assertThat(Bundles.wrong(named, ROOT.issue(signer().mail(other), PAIR.getPublic())))
                    .contains("who is none of those that may sign");
        }
        assertThat(Bundles.wrong(named, ROOT.issue(Wish.signer("CN=Boss,O=Acme,OU=x"), PAIR.getPublic())))
                .contains("who is none of those that may sign");
    }

    @Test
    void takesTheKeyOfTheCertificateAndNoOther() {
        X509Certificate others = ROOT.issue(signer(), Bundles.pair("secp256r1").getPublic());
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), others))
                .contains("the key of its certificate did not make it");
    }

    @Test
    void takesNoKeyOfAnotherKind() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        assertThat(Bundles.wrong(
                        TestAuthority.trusting(ROOT),
                        ROOT.issue(signer(), rsa.generateKeyPair().getPublic())))
                .contains("the key is RSA; models are signed on P-256, P-384 or P-521");
    }

    @Test
    void refusesWhoWasRevoked() {
        X509CRL list = MIDDLE.list(NOW.minusSeconds(60), YEARS_AHEAD, LEAF);
        X509CRL old = MIDDLE.list(YEARS_AGO, YEARS_AGO.plusSeconds(1), LEAF);
        for (X509CRL each : List.of(list, old)) {
            for (Scope scope : Scope.values()) {
                assertThat(Bundles.wrong(revoking(scope, each), LEAF, MIDDLE.certificate))
                        .contains("CN=Signer,O=Acme was revoked on");
            }
        }
        X509CRL ofMiddle = ROOT.list(NOW.minusSeconds(60), YEARS_AHEAD, MIDDLE.certificate);
        assertThat(Bundles.wrong(
                        revoking(Scope.LEAF, ofMiddle, MIDDLE.list(YEARS_AGO, YEARS_AHEAD)), LEAF, MIDDLE.certificate))
                .contains("CN=Issuing,O=Acme was revoked on");
    }

    @Test
    void wantsToKnowWhetherSomebodyWasRevoked() {
        X509CRL middle = MIDDLE.list(YEARS_AGO, YEARS_AHEAD);
        X509CRL root = ROOT.list(YEARS_AGO, YEARS_AHEAD);
        assertThat(Bundles.wrong(revoking(Scope.LEAF, middle), LEAF, MIDDLE.certificate))
                .isEmpty();
        assertThat(Bundles.wrong(revoking(Scope.CHAIN, middle), LEAF, MIDDLE.certificate))
                .contains("CN=Issuing,O=Acme was revoked is not known: the policy has no list of CN=Root,O=Acme");
        assertThat(Bundles.wrong(revoking(Scope.CHAIN, middle, root), LEAF, MIDDLE.certificate))
                .isEmpty();
        assertThat(Bundles.wrong(
                        revoking(Scope.LEAF, MIDDLE.list(YEARS_AGO, NOW.minusSeconds(1))), LEAF, MIDDLE.certificate))
                .contains("is not known: the list of CN=Issuing,O=Acme ended on");
        assertThat(Bundles.wrong(
                        revoking(Scope.LEAF, MIDDLE.list(NOW.plusSeconds(1), YEARS_AHEAD)), LEAF, MIDDLE.certificate))
                .as("a list from the future")
                .contains("is not known");
    }

    /** Authorities may leave out who was revoked once the certificate is over (RFC 5280 3.3). */
    @Test
    void believesNoListThatMayHaveForgottenACertificateThatEnded() {
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        X509Certificate over = ROOT.issue(signer().valid(YEARS_AGO, yesterday), PAIR.getPublic());
        X509CRL later = ROOT.list(yesterday.plusSeconds(60), YEARS_AHEAD);
        X509CRL atItsEnd = ROOT.list(yesterday.minusSeconds(60), yesterday.plusSeconds(60));
        assertThat(Bundles.wrong(patient(Duration.ofDays(2), later), over))
                .contains("CN=Signer,O=Acme was revoked is not known: it ended on 2026-11-22T10:00:00Z, and the list of"
                        + " CN=Root,O=Acme may have left it out since");
        assertThat(Bundles.wrong(patient(Duration.ofDays(2), later, atItsEnd), over))
                .isEmpty();
        assertThat(Bundles.wrong(patient(Duration.ofDays(2), atItsEnd), over)).isEmpty();
        assertThat(Bundles.wrong(
                        patient(Duration.ofDays(2), later, ROOT.list(YEARS_AGO, YEARS_AGO.plusSeconds(1), over)), over))
                .contains("was revoked on");
    }

    @Test
    void believesNoListOfSomebodyElse() {
        TestAuthority namesake = TestAuthority.root(Wish.authority("CN=Issuing,O=Acme", -1));
        assertThat(Bundles.wrong(revoking(Scope.LEAF, namesake.list(YEARS_AGO, YEARS_AHEAD)), LEAF, MIDDLE.certificate))
                .contains("the policy has no list of CN=Issuing,O=Acme");
    }

    @Test
    void bearsAFloodOfCertificates() {
        X509Certificate[] seven = Stream.generate(() -> LEAF).limit(7).toArray(X509Certificate[]::new);
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), seven))
                .contains("it has 7 certificates, must have 1 to 6");
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT))).contains("it has 0 certificates, must have 1 to 6");
    }

    @Test
    void readsWholeCertificatesOnly() throws Exception {
        byte[] more = Arrays.copyOf(LEAF.getEncoded(), LEAF.getEncoded().length + 1);
        String material = "\"x509CertificateChain\":{\"certificates\":[{\"rawBytes\":\"%s\"}]}";
        byte[] signature = Bundles.sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), "SHA256withECDSA", PAIR);
        for (byte[] each : List.of(
                more, new byte[] {1, 2, 3}, "-----BEGIN CERTIFICATE-----".getBytes(StandardCharsets.US_ASCII))) {
            assertThat(Bundles.wrong(
                            Bundles.bundle(material.formatted(Bundles.base64(each)), PAYLOAD, signature),
                            trust(TestAuthority.trusting(ROOT)),
                            NOW))
                    .contains("is no certificate in DER and nothing else");
        }
    }

    /** The name of the algorithm does not say its hash. */
    @Test
    void looksForTheHashOfPss() throws IOException {
        assertThat(PemCertificates.read(pss("sha256")))
                .allSatisfy(root -> assertThat(CertificateRules.authority(root)).isEmpty());
        assertThat(PemCertificates.read(pss("sha1")))
                .allSatisfy(root -> assertThat(CertificateRules.authority(root))
                        .hasValueSatisfying(why -> assertThat(why).contains("RSASSA-PSS, which is too weak")));
    }

    private static String pss(String hash) throws IOException {
        return Files.readString(Path.of("src/test/resources/signature/pss", hash + ".pem"));
    }

    @Test
    void trustsNoWeakAuthority() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        X509Certificate weak =
                ROOT.issue(Wish.authority("CN=Weak", 0), rsa.generateKeyPair().getPublic());
        X509Certificate silent = ROOT.issue(
                new Wish("CN=Silent").usage(TestAuthority.SIGNS).extension("551d13", true, new byte[] {0x30, 3, 1, 1, -1
                }),
                Bundles.pair("secp256r1").getPublic());
        X509Certificate old = ROOT.issue(
                Wish.authority("CN=Old", 0).sha1(), Bundles.pair("secp256r1").getPublic());
        assertThat(CertificateRules.authority(weak)).hasValue("The key of CN=Weak is RSA of fewer than 2048 bits");
        assertThat(CertificateRules.authority(old).orElseThrow())
                .contains("CN=Old is signed with SHA1withECDSA, which is too weak");
        assertThat(CertificateRules.authority(LEAF).orElseThrow()).contains("does not say CA");
        assertThat(CertificateRules.authority(silent)).hasValue("CN=Silent may not sign certificates, says its own");
        assertThatThrownBy(() -> new TrustedAuthority(
                        List.of(ROOT.certificate),
                        List.of(old),
                        List.of(),
                        List.of(),
                        Duration.ZERO,
                        RevocationLists.NONE))
                .hasMessageContaining("is too weak");
    }

    @Test
    void believesNoListOfAnAuthorityThatMayNotWriteAny() {
        TestAuthority mute = ROOT.authority(
                new Wish("CN=Mute").usage(0x04).extension("551d13", true, new byte[] {0x30, 3, 1, 1, -1}));
        X509Certificate leaf = mute.issue(signer(), PAIR.getPublic());
        assertThat(Bundles.wrong(TestAuthority.trusting(ROOT), leaf, mute.certificate))
                .isEmpty();
        assertThat(Bundles.wrong(revoking(Scope.LEAF, mute.list(YEARS_AGO, YEARS_AHEAD)), leaf, mute.certificate))
                .contains("the policy has no list of CN=Mute");
    }

    @Test
    void refusesAKeylessBundleThatItsCertificateDidNotSign() throws Exception {
        byte[] signature =
                Bundles.sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), "SHA256withECDSA", Bundles.pair("secp256r1"));
        String material = "\"certificate\":{\"rawBytes\":\"" + Bundles.base64(LEAF.getEncoded()) + "\"}";
        assertThat(Bundles.wrong(
                        Bundles.bundle(material, PAYLOAD, signature), trust(TestAuthority.trusting(ROOT)), NOW))
                .contains("the key of its certificate did not make it");
    }

    @Test
    void saysThatKeylessSignaturesCannotBeVerified() throws Exception {
        byte[] signature = Bundles.sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), "SHA256withECDSA", PAIR);
        String material = "\"certificate\":{\"rawBytes\":\"" + Bundles.base64(LEAF.getEncoded()) + "\"}";
        assertThat(Bundles.wrong(
                        Bundles.bundle(material, PAYLOAD, signature), trust(TestAuthority.trusting(ROOT)), NOW))
                .isEqualTo("It was signed keyless with Sigstore, which cannot be verified here.");
    }

    private static TrustedAuthority revoking(Scope scope, X509CRL... lists) {
        return new TrustedAuthority(
                List.of(ROOT.certificate),
                List.of(),
                List.of(),
                List.of(),
                Duration.ZERO,
                new RevocationLists(List.of(lists), scope));
    }

    private static Trust trust(TrustedAuthority authority) {
        return new Trust(List.of(), Optional.of(authority));
    }
}
