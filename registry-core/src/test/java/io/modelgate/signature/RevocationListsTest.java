package io.modelgate.signature;

import static io.modelgate.signature.Bundles.PAIR;
import static io.modelgate.signature.TestAuthority.NOW;
import static io.modelgate.signature.TestAuthority.YEARS_AGO;
import static io.modelgate.signature.TestAuthority.YEARS_AHEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.signature.RevocationLists.Scope;
import io.modelgate.signature.TestAuthority.Wish;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a list says, and for how long it is believed. */
class RevocationListsTest {
    private static final String PARTIAL = "551d1b";
    private static final String KEEPS_ENDED = "551d3c";
    private static final int GENERALIZED_TIME = 0x18;
    private static final TestAuthority ROOT = TestAuthority.root(Wish.authority("CN=Root,O=Acme", -1));
    private static final X509Certificate LEAF = ROOT.issue(Wish.signer("CN=Signer,O=Acme"), PAIR.getPublic());

    @Test
    void believesNoListThatIsPartial() {
        X509CRL partial = ROOT.list(
                YEARS_AGO,
                YEARS_AHEAD,
                TestAuthority.listExtension(PARTIAL, true, Der.element(Der.INTEGER, new byte[] {1})));
        assertThatThrownBy(() -> new RevocationLists(List.of(partial), Scope.LEAF))
                .hasMessageContaining("a list is partial (critical extensions [2.5.29.27])");
    }

    @Test
    void believesAListFromItsFirstToItsLastMoment() {
        X509CRL list = ROOT.list(NOW, NOW);
        assertThat(Bundles.wrong(trusting(Duration.ZERO, list), LEAF)).isEmpty();
        assertThat(Bundles.wrong(trusting(Duration.ZERO, ROOT.list(NOW.plusSeconds(1), YEARS_AHEAD)), LEAF))
                .contains("is not known");
        assertThat(Bundles.wrong(trusting(Duration.ZERO, ROOT.list(YEARS_AGO, NOW.minusSeconds(1))), LEAF))
                .contains("is not known: the list of CN=Root,O=Acme ended on 2026-11-23T09:59:59Z");
        assertThat(RevocationLists.end(list)).contains(NOW);
    }

    /** A present list that says since when it forgot nobody is enough for a certificate that ended (X.509 9.5.2.8). */
    @Test
    void believesAListThatKeepsThoseThatEnded() {
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        X509Certificate over =
                ROOT.issue(Wish.signer("CN=Signer,O=Acme").valid(YEARS_AGO, yesterday), PAIR.getPublic());
        assertThat(Bundles.wrong(trusting(Duration.ofDays(2), keeping(time(yesterday))), over))
                .isEmpty();
        assertThat(Bundles.wrong(trusting(Duration.ofDays(2), keeping(time(YEARS_AGO))), over))
                .isEmpty();
        for (byte[] other : List.of(
                time(yesterday.plusSeconds(1)),
                Der.element(GENERALIZED_TIME, "soon".getBytes(StandardCharsets.US_ASCII)),
                Der.element(0x17, TestAuthority.digits(YEARS_AGO).getBytes(StandardCharsets.US_ASCII)),
                new byte[0])) {
            assertThat(Bundles.wrong(trusting(Duration.ofDays(2), keeping(other)), over))
                    .contains("may have left it out since");
        }
    }

    private static byte[] time(Instant time) {
        return Der.element(GENERALIZED_TIME, TestAuthority.digits(time).getBytes(StandardCharsets.US_ASCII));
    }

    private static X509CRL keeping(byte[] value) {
        return ROOT.list(NOW.minusSeconds(60), YEARS_AHEAD, TestAuthority.listExtension(KEEPS_ENDED, false, value));
    }

    @Test
    void readsAListThatIsWrittenAsEverybodyDoes() throws Exception {
        X509CRL list = ROOT.list(YEARS_AGO, YEARS_AHEAD, LEAF);
        String pem = new Pem("X509 CRL", list.getEncoded()).text();
        assertThat(RevocationLists.list(pem)).isEqualTo(list);
        byte[] more = Arrays.copyOf(list.getEncoded(), list.getEncoded().length + 2);
        assertThatThrownBy(() -> RevocationLists.list(new Pem("X509 CRL", more).text()))
                .hasMessage("the block holds more than a revocation list");
        assertThatThrownBy(() -> RevocationLists.list(new Pem("X509 CRL", LEAF.getEncoded()).text()))
                .hasMessage("the block is no X.509 revocation list");
        assertThatThrownBy(() -> RevocationLists.list(pem + pem))
                .hasMessage("it has 2 blocks X509 CRL, expected is one");
    }

    @Test
    void findsOneAmongThousands() {
        X509Certificate[] many = IntStream.range(0, 5_000)
                .mapToObj(i -> i == 4_000 ? LEAF : ROOT.certificate)
                .toArray(X509Certificate[]::new);
        assertThat(Bundles.wrong(trusting(Duration.ZERO, ROOT.list(YEARS_AGO, YEARS_AHEAD, many)), LEAF))
                .contains("CN=Signer,O=Acme was revoked on 2020-01-01T00:00:00Z");
    }

    private static TrustedAuthority trusting(Duration afterExpiry, X509CRL... lists) {
        return new TrustedAuthority(
                List.of(ROOT.certificate),
                List.of(),
                List.of(),
                List.of(),
                afterExpiry,
                new RevocationLists(List.of(lists), Scope.LEAF));
    }
}
