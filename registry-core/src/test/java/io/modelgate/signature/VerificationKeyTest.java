package io.modelgate.signature;

import static io.modelgate.signature.Bundles.KEY;
import static io.modelgate.signature.Bundles.PAIR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are points of three curves, and signatures two numbers below the order: looked at here, whatever Java looks at. */
class VerificationKeyTest {
    private static final BigInteger ORDER = Curve.P_256.order();

    /** A key as a program could give it to us: nothing in it has been checked. */
    private record Unchecked(ECPoint point, ECParameterSpec params, BigInteger secret)
            implements ECPublicKey, ECPrivateKey {
        private static final long serialVersionUID = 1L;

        @Override
        public ECPoint getW() {
            return point;
        }

        @Override
        public BigInteger getS() {
            return secret;
        }

        @Override
        public ECParameterSpec getParams() {
            return params;
        }

        @Override
        public String getAlgorithm() {
            return "EC";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }

    /** Java knows some of these curves, one by one according to which Java it is. */
    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa", "secp256k1", "prime192v1", "secp224r1", "brainpoolP256r1"})
    void refusesKeysOfOtherKinds(String kind) throws IOException {
        String pem = Files.readString(ReferenceCasesTest.RESOURCES.resolve("keys/refused-" + kind + ".pub.pem"));
        assertThatThrownBy(() -> VerificationKey.parse(pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("models are signed")
                .hasMessageContaining("P-256, P-384, P-521");
    }

    /** Its numbers are those of P-256. Java does not read it, unless somebody gave it another provider that does. */
    @Test
    void refusesACurveThatIsWrittenOut() throws IOException {
        String pem = Files.readString(ReferenceCasesTest.RESOURCES.resolve("keys/refused-explicit-curve.pub.pem"));
        assertThatThrownBy(() -> VerificationKey.parse(pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*(models are signed|not written as everybody writes it).*");
    }

    /** Two spellings of one key would have two hints. */
    @Test
    void refusesAKeyThatIsWrittenInAnotherWay() throws IOException {
        String pem = Files.readString(ReferenceCasesTest.RESOURCES.resolve("keys/compressed-p256.pub.pem"));
        assertThatThrownBy(() -> VerificationKey.parse(pem)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void knowsThePointsOfItsCurve(Curve curve) {
        ECPoint generator = curve.parameters().getGenerator();
        BigInteger p = prime(curve);
        BigInteger x = generator.getAffineX();
        BigInteger y = generator.getAffineY();
        assertThat(curve.has(generator)).isTrue();
        assertThat(curve.has(new ECPoint(x, p.subtract(y)))).isTrue();
        for (ECPoint other : List.of(
                ECPoint.POINT_INFINITY,
                new ECPoint(x, y.add(BigInteger.ONE)),
                new ECPoint(x.add(p), y),
                new ECPoint(x, y.add(p)),
                new ECPoint(x.subtract(p), y),
                new ECPoint(x, y.subtract(p)))) {
            assertThat(curve.has(other))
                    .as(other.getAffineX() + ", " + other.getAffineY())
                    .isFalse();
            assertThatThrownBy(() -> VerificationKey.of(new Unchecked(other, curve.parameters(), ORDER)))
                    .hasMessageContaining("the key is on no curve that models are signed on");
        }
    }

    /** On all three curves the prime is 3 modulo 4, so that roots are powers. */
    @ParameterizedTest
    @EnumSource(Curve.class)
    void knowsThePointsAtTheEdge(Curve curve) {
        BigInteger p = prime(curve);
        BigInteger b = curve.parameters().getCurve().getB();
        BigInteger root = b.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        boolean there = root.multiply(root).subtract(b).mod(p).signum() == 0;
        assertThat(curve.has(new ECPoint(BigInteger.ZERO, root))).isEqualTo(there);
        assertThat(curve.has(new ECPoint(p, root))).isFalse();
    }

    private static BigInteger prime(Curve curve) {
        return ((ECFieldFp) curve.parameters().getCurve().getField()).getP();
    }

    @ParameterizedTest
    @EnumSource(Curve.class)
    void multipliesAsTheCurveSays(Curve curve) {
        ECPoint generator = curve.parameters().getGenerator();
        BigInteger minusOne = curve.order().subtract(BigInteger.ONE);
        assertThat(curve.times(BigInteger.ONE)).isEqualTo(generator);
        assertThat(curve.times(minusOne))
                .isEqualTo(new ECPoint(generator.getAffineX(), prime(curve).subtract(generator.getAffineY())));
        assertThat(curve.times(curve.order())).isEqualTo(ECPoint.POINT_INFINITY);
        assertThat(curve.has(curve.times(BigInteger.TWO))).isTrue();
    }

    @Test
    void takesNoSecretThatIsNoSecret() {
        for (BigInteger good : List.of(BigInteger.ONE, ORDER.subtract(BigInteger.ONE))) {
            assertThat(PrivateKeys.curve(secret(good))).isEqualTo(Curve.P_256);
        }
        for (BigInteger bad : List.of(BigInteger.ZERO, BigInteger.ONE.negate(), ORDER)) {
            assertThatThrownBy(() -> PrivateKeys.curve(secret(bad)))
                    .hasMessage("the key is not on P-256, P-384 or P-521; models are signed with those");
        }
    }

    private static Unchecked secret(BigInteger value) {
        return new Unchecked(ECPoint.POINT_INFINITY, Curve.P_256.parameters(), value);
    }

    @Test
    void knowsHowASignatureIsWritten() {
        BigInteger most = ORDER.subtract(BigInteger.ONE);
        for (BigInteger good : List.of(BigInteger.ONE, most)) {
            assertThat(KEY.isWellFormed(numbers(good, most))).isTrue();
            assertThat(KEY.isWellFormed(numbers(most, good))).isTrue();
        }
        for (BigInteger bad :
                List.of(BigInteger.ZERO, ORDER, BigInteger.ONE.negate(), BigInteger.ONE.shiftLeft(500_000))) {
            assertThat(KEY.isWellFormed(numbers(bad, BigInteger.ONE))).isFalse();
            assertThat(KEY.isWellFormed(numbers(BigInteger.ONE, bad))).isFalse();
        }
        byte[] one = Der.element(Der.INTEGER, new byte[] {1});
        assertThat(KEY.isWellFormed(Der.element(Der.SEQUENCE, one, one))).isTrue();
        assertThat(KEY.isWellFormed(Der.element(Der.SEQUENCE, one, one, one))).isFalse();
        assertThat(KEY.isWellFormed(Der.element(Der.SEQUENCE, one))).isFalse();
        byte[] longer = Arrays.copyOf(Der.element(Der.SEQUENCE, one, one), 9);
        assertThat(KEY.isWellFormed(longer)).isFalse();
        assertThat(KEY.isWellFormed(new byte[0])).isFalse();
    }

    private static byte[] numbers(BigInteger r, BigInteger s) {
        return Der.element(
                Der.SEQUENCE, Der.element(Der.INTEGER, r.toByteArray()), Der.element(Der.INTEGER, s.toByteArray()));
    }

    @Test
    void isTheSameKeyHoweverItWasRead() {
        VerificationKey again = VerificationKey.parse(KEY.pem());
        assertThat(again).isEqualTo(KEY).hasSameHashCodeAs(KEY).hasToString(KEY.toString());
        assertThat(VerificationKey.of(PAIR.getPublic())).isEqualTo(KEY);
        assertThat(VerificationKey.of(Bundles.pair("secp256r1").getPublic()).hashCode())
                .isNotEqualTo(KEY.hashCode());
        assertThat(KEY).isNotEqualTo(KEY.pem());
    }
}
