package io.modelgate.signature;

import static io.modelgate.signature.Bundles.PAIR;
import static io.modelgate.signature.TestAuthority.NOW;
import static io.modelgate.signature.TestAuthority.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.modelgate.signature.TestAuthority.Wish;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Ways from a signer to a root: how long, through whom, and how long the search for one may take. */
class CertificatePathTest {
    private static final TestAuthority ROOT = TestAuthority.root(Wish.authority("CN=Root,O=Acme", -1));
    private static final String ANY_PURPOSE = "551d2500";
    private static final String CODE_PURPOSE = "2b06010505070303";

    private static Wish signer() {
        return Wish.signer("CN=Signer,O=Acme");
    }

    @Test
    void goesThroughFiveAuthoritiesAndNoMore() {
        List<TestAuthority> below = new ArrayList<>(List.of(ROOT));
        for (int i = 0; i < 6; i++) {
            below.add(below.get(i).authority(Wish.authority("CN=Below " + i, -1)));
        }
        X509Certificate[] five =
                below.subList(1, 6).stream().map(each -> each.certificate).toArray(X509Certificate[]::new);
        X509Certificate[] six =
                below.subList(1, 7).stream().map(each -> each.certificate).toArray(X509Certificate[]::new);
        assertThat(Bundles.wrong(trusting(ROOT), chain(below.get(5).issue(signer(), PAIR.getPublic()), five)))
                .isEmpty();
        assertThat(Bundles.wrong(trusting(ROOT, List.of(), six), below.get(6).issue(signer(), PAIR.getPublic())))
                .contains("leads to no root that is trusted");
    }

    private static X509Certificate[] chain(X509Certificate leaf, X509Certificate... above) {
        return Stream.concat(Stream.of(leaf), Stream.of(above)).toArray(X509Certificate[]::new);
    }

    @Test
    void findsNoWayRoundInACircle() {
        TestAuthority one = TestAuthority.root(Wish.authority("CN=One", -1));
        TestAuthority two = TestAuthority.root(Wish.authority("CN=Two", -1));
        X509Certificate oneByTwo = two.issue(Wish.authority("CN=One", -1), one.pair.getPublic());
        X509Certificate twoByOne = one.issue(Wish.authority("CN=Two", -1), two.pair.getPublic());
        X509Certificate leaf = one.issue(signer(), PAIR.getPublic());
        assertThat(Bundles.wrong(trusting(ROOT), leaf, oneByTwo, twoByOne)).contains("leads to no root");
        assertThat(Bundles.wrong(trusting(two), leaf, oneByTwo, twoByOne)).isEmpty();
    }

    /** All have one name and one key, so that each could have signed each; their paths are as many as orders of five things. */
    @Test
    void searchesNoLongerThanAnybodyWaits() {
        TestAuthority all = TestAuthority.root(Wish.authority("CN=Root,O=Acme", -1));
        X509Certificate[] five = Stream.generate(
                        () -> all.issue(Wish.authority("CN=Root,O=Acme", -1), all.pair.getPublic()))
                .limit(5)
                .toArray(X509Certificate[]::new);
        X509Certificate leaf = all.issue(signer(), PAIR.getPublic());
        assertThat(assertTimeoutPreemptively(
                        Duration.ofSeconds(60), () -> Bundles.wrong(trusting(ROOT), chain(leaf, five))))
                .contains("leads to no root");
    }

    @Test
    void readsNoChainOfThousands() {
        X509Certificate leaf = ROOT.issue(signer(), PAIR.getPublic());
        X509Certificate[] many = Stream.generate(() -> leaf).limit(10_000).toArray(X509Certificate[]::new);
        assertThat(Bundles.wrong(trusting(ROOT), many)).contains("it has 10000 certificates, must have 1 to 6");
    }

    @Test
    void takesAnyPurposeOnlyWhereNoneIsAsked() {
        X509Certificate any = ROOT.issue(signer().purpose(ANY_PURPOSE), PAIR.getPublic());
        X509Certificate unreadable =
                ROOT.issue(signer().extension("551d25", false, new byte[] {5, 0}), PAIR.getPublic());
        assertThat(Bundles.wrong(trusting(ROOT), any)).isEmpty();
        assertThat(Bundles.wrong(trusting(ROOT, List.of(TrustedAuthority.CODE_SIGNING)), any))
                .contains("is for other purposes: asked is 1.3.6.1.5.5.7.3.3");
        assertThat(Bundles.wrong(trusting(ROOT), unreadable))
                .isEqualTo("What the certificate of CN=Signer,O=Acme is for cannot be read.");
        TestAuthority middle = ROOT.authority(Wish.authority("CN=Issuing,O=Acme", 0));
        X509Certificate code = middle.issue(signer().purpose(CODE_PURPOSE), PAIR.getPublic());
        assertThat(Bundles.wrong(trusting(ROOT, List.of(TrustedAuthority.CODE_SIGNING)), code, middle.certificate))
                .as("only the signer's must say it")
                .isEmpty();
    }

    /** Java says of an extension that it cannot read what it says of one that is not there. */
    @Test
    void takesNoUsageThatCannotBeReadForNone() {
        X509Certificate odd = ROOT.issue(
                new Wish("CN=Odd")
                        .extension("551d13", true, new byte[] {0x30, 3, 1, 1, -1})
                        .extension("551d0f", false, new byte[] {5, 0}),
                Bundles.pair("secp256r1").getPublic());
        assertThat(odd.getKeyUsage()).isNull();
        assertThat(CertificateRules.authority(odd)).hasValue("CN=Odd may not sign certificates, says its own");
    }

    @Test
    void letsNoAuthoritySignModels() {
        X509Certificate leaf = ROOT.issue(Wish.authority("CN=Signer,O=Acme", 0), PAIR.getPublic());
        assertThat(Bundles.wrong(trusting(ROOT), leaf)).contains("is that of an authority, which signs no models");
    }

    @Test
    void namesWhoseCertificateIsNotValid() {
        X509Certificate odd = ROOT.issue(signer().extension("2a0304", true, new byte[] {5, 0}), PAIR.getPublic());
        assertThat(Bundles.wrong(trusting(ROOT), odd))
                .contains("is not valid: ")
                .contains("(CN=Signer,O=Acme)");
    }

    @Test
    void countsToTheLastMomentAndNotAMomentLonger() {
        Instant end = NOW.plusSeconds(100);
        X509Certificate leaf = ROOT.issue(signer().valid(NOW, end), PAIR.getPublic());
        TrustedAuthority patient = new TrustedAuthority(
                List.of(ROOT.certificate), List.of(), List.of(), List.of(), Duration.ofDays(1), RevocationLists.NONE);
        assertThat(at(trusting(ROOT), leaf, NOW)).isEmpty();
        assertThat(at(trusting(ROOT), leaf, NOW.minusNanos(1))).contains("is not valid before");
        assertThat(at(trusting(ROOT), leaf, end)).isEmpty();
        assertThat(at(trusting(ROOT), leaf, end.plusNanos(1))).contains("ended on");
        assertThat(at(patient, leaf, end.plus(Duration.ofDays(1)))).isEmpty();
        assertThat(at(patient, leaf, end.plus(Duration.ofDays(1)).plusNanos(1)))
                .contains("bears with it for 1 days only");
    }

    private static String at(TrustedAuthority authority, X509Certificate leaf, Instant now) {
        return Bundles.wrong(Bundles.certified(leaf), new Trust(List.of(), Optional.of(authority)), now);
    }

    @Test
    void saysWhoSigned() {
        X509Certificate leaf = ROOT.issue(signer().mail("release@acme.example"), PAIR.getPublic());
        SignatureBundle bundle =
                SignatureBundle.read(Bundles.file(Bundles.certified(leaf))).get();
        assertThat(new Trust(List.of(), Optional.of(trusting(ROOT))).check(bundle, NOW))
                .isEqualTo(new Trust.Answer.Signed("certificate of CN=Signer,O=Acme"));
        assertThat(new Trust(List.of(), Optional.empty()).check(bundle, NOW))
                .isEqualTo(new Trust.Answer.Refused(
                        "It says that it is by the certificate of CN=Signer,O=Acme, and no certificates are trusted.",
                        "Sign it with a key or certificate that is trusted.",
                        Trust.NEW_VERSION_OR_NAMED));
        assertThat(bundle.place().path()).isEqualTo("model.sig");
        assertThat(bundle.toNode().get("claims")).contains(bundle.credential().toNode());
        assertThat(StrictJson.write(bundle.credential().toNode()))
                .startsWith(
                        "{\"method\":\"certificate\",\"subject\":\"CN=Signer,O=Acme\",\"issuer\":\"CN=Root,O=Acme\",")
                .contains("\"notAfter\":\"2035-01-01T00:00:00Z\",\"names\":[\"email release@acme.example\"]");
    }

    @Test
    void wantsARootAndNoNegativeTime() {
        assertThatThrownBy(() -> new TrustedAuthority(
                        List.of(), List.of(), List.of(), List.of(), Duration.ZERO, RevocationLists.NONE))
                .hasMessage("no root is trusted");
        assertThatThrownBy(() -> new TrustedAuthority(
                        List.of(ROOT.certificate),
                        List.of(),
                        List.of(),
                        List.of(),
                        Duration.ofNanos(-1),
                        RevocationLists.NONE))
                .hasMessage("the time after the end is negative");
        assertThatThrownBy(() -> new Identity(Identity.Kind.EMAIL, " ")).hasMessage("the name is empty");
    }
}
