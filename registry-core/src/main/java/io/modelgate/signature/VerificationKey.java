package io.modelgate.signature;

import io.modelgate.manifest.Digest;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/** A public key on P-256, P-384 or P-521. Two are equal when they are the same key. */
public final class VerificationKey {
    private static final String LABEL = "PUBLIC KEY";

    private final ECPublicKey key;
    private final Curve curve;

    private VerificationKey(ECPublicKey key, Curve curve) {
        this.key = key;
        this.curve = curve;
    }

    /** Reads a PEM block {@code PUBLIC KEY}; throws {@link IllegalArgumentException} with a sentence for people. */
    public static VerificationKey parse(String pem) {
        byte[] der = Pem.single(pem, LABEL).der();
        PublicKey read;
        try {
            read = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the block is no public key on " + Arrays.toString(Curve.values())
                            + "; models are signed with those",
                    e);
        }
        if (!Arrays.equals(read.getEncoded(), der)) {
            throw new IllegalArgumentException("the public key is not written as everybody writes it");
        }
        return of(read);
    }

    /** The same key, if models are signed with such; throws {@link IllegalArgumentException} otherwise. */
    static VerificationKey of(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            Curve curve = Curve.of(ec.getParams())
                    .filter(each -> each.has(ec.getW()))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the key is on no curve that models are signed on: P-256, P-384, P-521"));
            return new VerificationKey(ec, curve);
        }
        throw new IllegalArgumentException(
                "the key is " + key.getAlgorithm() + "; models are signed on P-256, P-384 or P-521");
    }

    /** How bundles name it: the lower-case hex SHA-256 of its canonical PEM text, as model-signing computes it. */
    public String hint() {
        return Digest.of(pem()).hex();
    }

    /** The key as PEM text, with lines of 64 characters. */
    public String pem() {
        return new Pem(LABEL, key.getEncoded()).text();
    }

    Curve curve() {
        return curve;
    }

    /** Whether the signature (DER, as SEC 1 C.5 gives it) is by this key; r and s in their range, nothing longer than it must be. */
    boolean verifies(byte[] message, byte[] signature) {
        if (!isWellFormed(signature)) {
            return false;
        }
        try {
            Signature check = Signature.getInstance(curve.algorithm());
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Asked here, whatever the Java that runs this looks at. */
    boolean isWellFormed(byte[] signature) {
        try {
            Der outer = new Der(signature);
            Der both = new Der(outer.next(Der.SEQUENCE));
            outer.end();
            BigInteger r = both.positive();
            BigInteger s = both.positive();
            both.end();
            return isInRange(r) && isInRange(s);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isInRange(BigInteger value) {
        return value.signum() > 0 && value.compareTo(curve.order()) < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && Arrays.equals(key.getEncoded(), that.key.getEncoded());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key.getEncoded());
    }

    /** Its curve and the beginning of its hint. */
    @Override
    public String toString() {
        return curve + " key " + hint().substring(0, 12);
    }
}
