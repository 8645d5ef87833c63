package io.modelgate.signature;

import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.store.FileDigest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes bundles by hand, so that tests can get every part of them wrong. */
final class Bundles {
    static final KeyPair PAIR = pair("secp256r1");
    static final VerificationKey KEY = VerificationKey.of(PAIR.getPublic());
    static final FileDigest FILE = new FileDigest("model.onnx", Digest.of("bytes"), 5);
    static final String PAYLOAD = payload(FILE.path(), FILE.digest());

    private Bundles() {}

    static KeyPair pair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The statement about one file. */
    static String payload(String name, Digest digest) {
        return """
                {"_type":"https://in-toto.io/Statement/v1",\
                "subject":[{"name":"m","digest":{"sha256":"%s"}}],\
                "predicateType":"https://model_signing/signature/v1.0",\
                "predicate":{"serialization":{"method":"files","hash_type":"sha256","allow_symlinks":false},\
                "resources":[{"name":"%s","algorithm":"sha256","digest":"%s"}]}}""".formatted(Digest.of(digest.raw()).hex(), name, digest.hex());
    }

    /** A bundle whose payload is really signed by {@link #PAIR}. */
    static String signed(String payload) {
        return bundle(payload, sign(payload.getBytes(StandardCharsets.UTF_8), "SHA256withECDSA", PAIR));
    }

    static byte[] sign(byte[] payload, String algorithm, KeyPair pair) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(pair.getPrivate());
            signature.update(Envelope.signedBytes(payload));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String bundle(String payload, byte[] signature) {
        return bundle("\"publicKey\":{\"hint\":\"" + KEY.hint() + "\"}", payload, signature);
    }

    static String bundle(String material, String payload, byte[] signature) {
        return """
                {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",\
                "verificationMaterial":{%s,"tlogEntries":[]},\
                "dsseEnvelope":{"payload":"%s","payloadType":"application/vnd.in-toto+json",\
                "signatures":[{"sig":"%s","keyid":""}]}}""".formatted(material, base64(payload.getBytes(StandardCharsets.UTF_8)), base64(signature));
    }

    /** What is wrong with an honest signature by {@link #PAIR} that presents this chain. */
    static String wrong(TrustedAuthority authority, X509Certificate... chain) {
        return wrong(certified(chain), new Trust(List.of(), Optional.of(authority)), TestAuthority.NOW);
    }

    static String certified(X509Certificate... chain) {
        return certified(Stream.of(chain).map(Bundles::der).toArray(byte[][]::new));
    }

    static String certified(byte[]... chain) {
        String certificates = Stream.of(chain)
                .map(each -> "{\"rawBytes\":\"" + base64(each) + "\"}")
                .collect(Collectors.joining(","));
        byte[] signature = sign(PAYLOAD.getBytes(StandardCharsets.UTF_8), "SHA256withECDSA", PAIR);
        return bundle("\"x509CertificateChain\":{\"certificates\":[" + certificates + "]}", PAYLOAD, signature);
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static SourceFile file(String text) {
        return SourceFile.of("model.sig", text);
    }

    /** What is wrong with a bundle: with its form, its files, or its signature; empty for nothing. */
    static String wrong(String text, Trust trust, Instant now) {
        return wrong(text, List.of(FILE), trust, now);
    }

    static String wrong(String text, List<FileDigest> files, Trust trust, Instant now) {
        var read = SignatureBundle.read(file(text), files);
        if (!read.ok()) {
            return read.findings().get(0).message();
        }
        return trust.check(read.get(), now) instanceof Trust.Answer.Refused refused ? refused.message() : "";
    }
}
