package io.modelgate.signature;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The curves that models are signed on (FIPS 186-5), each with the hash that goes with it: nobody chooses another. */
enum Curve {
    P_256("P-256", "secp256r1", "SHA256withECDSA", "06082a8648ce3d030107"),
    P_384("P-384", "secp384r1", "SHA384withECDSA", "06052b81040022"),
    P_521("P-521", "secp521r1", "SHA512withECDSA", "06052b81040023");

    private static final Map<Curve, ECParameterSpec> PARAMETERS =
            Arrays.stream(values()).collect(Collectors.toMap(Function.identity(), Curve::read));

    private final String title;
    private final String name;
    private final String algorithm;
    private final String objectId;

    Curve(String title, String name, String algorithm, String objectId) {
        this.title = title;
        this.name = name;
        this.algorithm = algorithm;
        this.objectId = objectId;
    }

    private static ECParameterSpec read(Curve curve) {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(curve.name));
            return named.getParameterSpec(ECParameterSpec.class);
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException e) {
            throw new IllegalStateException("every Java platform has " + curve.title, e);
        }
    }

    /** The curve with these parameters, all of them: a curve that shares only some may have been made to be broken. */
    static Optional<Curve> of(ECParameterSpec other) {
        return Arrays.stream(values())
                .filter(each -> each.parameters().getCurve().equals(other.getCurve())
                        && each.parameters().getGenerator().equals(other.getGenerator())
                        && each.order().equals(other.getOrder())
                        && each.parameters().getCofactor() == other.getCofactor())
                .findFirst();
    }

    /** The name of signature and hash together, as Java calls them. */
    String algorithm() {
        return algorithm;
    }

    BigInteger order() {
        return parameters().getOrder();
    }

    ECParameterSpec parameters() {
        return Optional.ofNullable(PARAMETERS.get(this)).orElseThrow();
    }

    /** The object identifier in DER, with its tag. */
    byte[] objectId() {
        return HexFormat.of().parseHex(objectId);
    }

    /** Whether the point is on the curve; there is no other check to make where the cofactor is 1. */
    boolean has(ECPoint point) {
        if (point.equals(ECPoint.POINT_INFINITY)) {
            return false;
        }
        BigInteger p = prime();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        EllipticCurve curve = parameters().getCurve();
        BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
        return x.signum() >= 0
                && y.signum() >= 0
                && x.compareTo(p) < 0
                && y.compareTo(p) < 0
                && y.multiply(y).subtract(right).mod(p).signum() == 0;
    }

    /**
     * The public point of a private number: a private key in a file need not say it, and Java does not tell. By doubling and
     * adding (SEC 1, 3.2.1); its time depends on the key, which is read once, on its owner's machine.
     */
    ECPoint times(BigInteger secret) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = secret.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (secret.testBit(bit)) {
                sum = add(sum, parameters().getGenerator());
            }
        }
        return sum;
    }

    private ECPoint add(ECPoint a, ECPoint b) {
        if (a.equals(ECPoint.POINT_INFINITY) || b.equals(ECPoint.POINT_INFINITY)) {
            return a.equals(ECPoint.POINT_INFINITY) ? b : a;
        }
        BigInteger p = prime();
        BigInteger x = a.getAffineX();
        BigInteger y = a.getAffineY();
        BigInteger slope;
        if (!x.equals(b.getAffineX())) {
            slope = b.getAffineY()
                    .subtract(y)
                    .multiply(b.getAffineX().subtract(x).modInverse(p));
        } else if (y.equals(b.getAffineY()) && y.signum() != 0) {
            BigInteger three = x.multiply(x).multiply(BigInteger.valueOf(3));
            slope = three.add(parameters().getCurve().getA())
                    .multiply(y.shiftLeft(1).modInverse(p));
        } else {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger sumX =
                slope.multiply(slope).subtract(x).subtract(b.getAffineX()).mod(p);
        return new ECPoint(sumX, slope.multiply(x.subtract(sumX)).subtract(y).mod(p));
    }

    private BigInteger prime() {
        return ((ECFieldFp) parameters().getCurve().getField()).getP();
    }

    @Override
    public String toString() {
        return title;
    }
}
