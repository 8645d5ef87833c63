package io.modelgate.signature;

import static io.modelgate.signature.Bundles.KEY;
import static io.modelgate.signature.Bundles.PAYLOAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A key counts in its time, and until it is revoked. */
class TrustTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");
    private static final String SIGNED = Bundles.signed(PAYLOAD);

    @Test
    void countsFromItsBeginningToItsEnd() {
        Trust trust = trust(key("release", Optional.empty()));
        assertThat(wrong(trust, FROM)).isEmpty();
        assertThat(wrong(trust, UNTIL.minusNanos(1))).isEmpty();
        assertThat(wrong(trust, FROM.minusNanos(1)))
                .isEqualTo("It is by the key release, which is not trusted before 2026-01-01T00:00:00Z.");
        assertThat(wrong(trust, UNTIL))
                .isEqualTo("It is by the key release, which is not trusted since 2027-01-01T00:00:00Z.");
    }

    @Test
    void countsNoMoreOnceItIsRevoked() {
        Instant since = Instant.parse("2026-06-01T00:00:00Z");
        Trust trust = trust(key("release", Optional.of(new TrustedKey.Revocation(since, "laptop stolen"))));
        assertThat(wrong(trust, since.minusNanos(1))).isEmpty();
        assertThat(wrong(trust, since))
                .isEqualTo("It is by the key release, which was revoked on 2026-06-01T00:00:00Z: laptop stolen.");
    }

    @Test
    void hasATimeThatBeginsBeforeItEnds() {
        assertThatThrownBy(() -> new TrustedKey("a", KEY, Optional.of(FROM), Optional.of(FROM), Optional.empty()))
                .hasMessage("the time of the key a ends before it begins");
        for (TrustedKey open : List.of(
                new TrustedKey("a", KEY, Optional.of(FROM), Optional.empty(), Optional.empty()),
                new TrustedKey("a", KEY, Optional.empty(), Optional.of(UNTIL), Optional.empty()))) {
            assertThat(wrong(trust(open), FROM)).isEmpty();
        }
    }

    @Test
    void refusesToNameAKeyTwice() {
        TrustedKey one = key("one", Optional.of(new TrustedKey.Revocation(FROM, "lost")));
        assertThatThrownBy(() -> new Trust(List.of(one, key("two", Optional.empty())), Optional.empty()))
                .hasMessageContaining("the key two is there twice");
        TrustedKey other = new TrustedKey(
                "one",
                VerificationKey.of(Bundles.pair("secp384r1").getPublic()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> new Trust(List.of(one, other), Optional.empty()))
                .hasMessage("two keys are called one");
    }

    @Test
    void saysWhichKeyItClaimsToBeBy() {
        Trust others = trust(new TrustedKey(
                "other",
                VerificationKey.of(Bundles.pair("secp521r1").getPublic()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        assertThat(wrong(others, FROM))
                .isEqualTo("It says that it is by a key with the hint " + KEY.hint() + ", which is not trusted.");
    }

    private static TrustedKey key(String id, Optional<TrustedKey.Revocation> revoked) {
        return new TrustedKey(id, KEY, Optional.of(FROM), Optional.of(UNTIL), revoked);
    }

    private static Trust trust(TrustedKey key) {
        return new Trust(List.of(key), Optional.empty());
    }

    private static String wrong(Trust trust, Instant now) {
        return Bundles.wrong(SIGNED, trust, now);
    }
}
