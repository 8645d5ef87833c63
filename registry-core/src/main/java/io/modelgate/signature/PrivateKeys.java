package io.modelgate.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads private keys on P-256, P-384 and P-521 from PEM: {@code PRIVATE KEY} (PKCS#8), {@code ENCRYPTED PRIVATE KEY} and
 * {@code EC PRIVATE KEY} (SEC 1). No message has anything of what is in them.
 */
final class PrivateKeys {
    private static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
    private static final String NOT_EC = "the key is not on P-256, P-384 or P-521; models are signed with those";

    private PrivateKeys() {}

    /** Throws {@link IllegalArgumentException} with a sentence for people. The passphrase is asked for only if there is need. */
    static ECPrivateKey read(String pem, Supplier<char[]> passphrase) {
        List<Pem> keys = Pem.blocks(pem).stream()
                .filter(each -> !each.label().equals("EC PARAMETERS"))
                .toList();
        if (keys.size() != 1) {
            throw new IllegalArgumentException("it has " + keys.size() + " blocks, expected is one private key");
        }
        Pem key = keys.get(0);
        return switch (key.label()) {
            case "PRIVATE KEY" -> pkcs8(key.der());
            case "EC PRIVATE KEY" -> pkcs8(wrapped(key.der()));
            case "ENCRYPTED PRIVATE KEY" -> pkcs8(decrypted(key.der(), passphrase));
            default ->
                throw new IllegalArgumentException("it has a block " + key.label() + ", expected is a private key");
        };
    }

    /** The public key that goes with it. */
    static VerificationKey publicKey(ECPrivateKey key) {
        Curve curve = curve(key);
        try {
            return VerificationKey.of(KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(curve.times(key.getS()), curve.parameters())));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(NOT_EC, e);
        }
    }

    static Curve curve(ECPrivateKey key) {
        BigInteger secret = key.getS();
        return Curve.of(key.getParams())
                .filter(each -> secret.signum() > 0 && secret.compareTo(each.order()) < 0)
                .orElseThrow(() -> new IllegalArgumentException(NOT_EC));
    }

    private static ECPrivateKey pkcs8(byte[] der) {
        try {
            PrivateKey read = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
            if (read instanceof ECPrivateKey ec) {
                curve(ec);
                return ec;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(NOT_EC, e);
        }
        throw new IllegalArgumentException(NOT_EC);
    }

    /** PKCS#8 (RFC 5958) around a key of SEC 1 (RFC 5915), which names its curve itself. */
    private static byte[] wrapped(byte[] sec1) {
        Der outer = new Der(sec1);
        Der fields = new Der(outer.next(Der.SEQUENCE));
        fields.positive();
        fields.next(Der.OCTET_STRING);
        if (!fields.sees(Der.CONTEXT_0)) {
            throw new IllegalArgumentException("the key does not name its curve");
        }
        byte[] named = fields.next(Der.CONTEXT_0);
        Optional<Curve> curve = Arrays.stream(Curve.values())
                .filter(each -> Arrays.equals(each.objectId(), named))
                .findFirst();
        return Der.element(
                Der.SEQUENCE,
                VERSION_0,
                Der.element(
                        Der.SEQUENCE,
                        EC,
                        curve.orElseThrow(() -> new IllegalArgumentException(NOT_EC))
                                .objectId()),
                Der.element(Der.OCTET_STRING, sec1));
    }

    private static byte[] decrypted(byte[] der, Supplier<char[]> passphrase) {
        char[] secret = passphrase.get();
        PBEKeySpec spec = new PBEKeySpec(secret);
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            AlgorithmParameters parameters = info.getAlgParameters();
            // For PBES2 the parameters name the algorithm, and getAlgName only says that it is PBES2.
            String algorithm = parameters == null ? info.getAlgName() : parameters.toString();
            SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "the passphrase is wrong, or the key is encrypted in a way that Java does not know", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the block is no encrypted private key", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(secret, '\0');
        }
    }
}
