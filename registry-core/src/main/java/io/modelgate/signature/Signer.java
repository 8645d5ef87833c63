package io.modelgate.signature;

import io.modelgate.manifest.SourceFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Signs models, with a private key and, if there is one, its certificate. */
public final class Signer {
    private final PrivateKey secret;
    private final VerificationKey key;
    private final Optional<Provider> device;
    private final List<X509Certificate> chain;

    private Signer(PrivateKey secret, VerificationKey key, Optional<Provider> device, List<X509Certificate> chain) {
        this.secret = secret;
        this.key = key;
        this.device = device;
        this.chain = List.copyOf(chain);
    }

    /**
     * With the private key in a PEM text: PKCS#8, encrypted or not, or SEC 1. Throws {@link IllegalArgumentException} with a sentence
     * for people.
     *
     * @param passphrase asked for only if the key is encrypted; wiped after use
     */
    public static Signer ofPem(String pem, Supplier<char[]> passphrase) {
        ECPrivateKey secret = PrivateKeys.read(pem, passphrase);
        return new Signer(secret, PrivateKeys.publicKey(secret), Optional.empty(), List.of());
    }

    /** With a key that never leaves its device; see {@link Token}. */
    static Signer ofDevice(PrivateKey secret, VerificationKey key, Provider device) {
        return new Signer(secret, key, Optional.of(device), List.of());
    }

    /** The same, presenting these certificates, its own first; throws {@link IllegalArgumentException} when that has another key. */
    public Signer with(List<X509Certificate> certificates) {
        if (!certificates.isEmpty()
                && !VerificationKey.of(certificates.get(0).getPublicKey()).equals(key)) {
            throw new IllegalArgumentException("the first certificate is not about the private key");
        }
        return new Signer(secret, key, device, certificates);
    }

    /** The public key, which a policy may trust. */
    public VerificationKey key() {
        return key;
    }

    /**
     * The bundle that says that these files were signed.
     *
     * @param path what the file is called
     */
    public SourceFile sign(SignedFiles files, String path) {
        byte[] payload = StrictJson.write(files.statement()).getBytes(StandardCharsets.UTF_8);
        Credential credential =
                chain.isEmpty() ? new Credential.Key(Optional.of(key.hint())) : new Credential.Certificate(chain);
        try {
            Envelope envelope = new Envelope(credential, payload, signature(Envelope.signedBytes(payload)), files);
            if (!envelope.isBy(key)) {
                throw new IllegalArgumentException("what the private key signs, its public key does not verify");
            }
            return SourceFile.of(path, StrictJson.write(envelope.toNode()) + "\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign: " + e.getMessage(), e);
        }
    }

    private byte[] signature(byte[] message) throws GeneralSecurityException {
        Signature signature = device.isPresent()
                ? Signature.getInstance(key.curve().algorithm(), device.get())
                : Signature.getInstance(key.curve().algorithm());
        signature.initSign(secret);
        signature.update(message);
        return signature.sign();
    }

    /** Which key, and nothing of the secret. */
    @Override
    public String toString() {
        return key.toString();
    }
}
