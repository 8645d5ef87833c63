package io.modelgate.signature;

import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of a Sigstore bundle v0.3: by what it can be verified, and a DSSE envelope with one signature of one statement. */
final class Envelope {
    static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    private static final int MOST_CERTIFICATES = 6;
    private static final Pattern HINT = Pattern.compile("[0-9a-f]{64}");
    private static final List<String> METHODS = List.of("publicKey", "x509CertificateChain", "certificate");

    private final Credential credential;
    private final byte[] payload;
    private final byte[] signature;
    private final SignedFiles files;

    /**
     * @param credential by what it says to be verifiable
     * @param payload the bytes of the in-toto statement, exactly as they were signed
     * @param signature in DER
     * @param files what the payload says
     */
    Envelope(Credential credential, byte[] payload, byte[] signature, SignedFiles files) {
        this.credential = credential;
        this.payload = payload.clone();
        this.signature = signature.clone();
        this.files = files;
    }

    Credential credential() {
        return credential;
    }

    SignedFiles files() {
        return files;
    }

    /** Whether the key signed what is in it. */
    boolean isBy(VerificationKey key) {
        return key.verifies(signedBytes(payload), signature);
    }

    static Envelope read(byte[] bytes) throws RefusedException {
        if (bytes.length > SignatureBundle.MOST_BYTES) {
            throw new RefusedException(
                    "it has more than " + (SignatureBundle.MOST_BYTES >> 20) + " MiB", "Sign fewer files.");
        }
        BundleObject bundle = new BundleObject(StrictJson.object(bytes, "the bundle"), "")
                .only("mediaType", "verificationMaterial", "dsseEnvelope");
        bundle.expect("mediaType", MEDIA_TYPE);
        BundleObject envelope = bundle.child("dsseEnvelope").only("payload", "payloadType", "signatures");
        envelope.expect("payloadType", PAYLOAD_TYPE);
        BundleObject one = envelope.single("signatures", ": a verifier could look at another than you")
                .only("sig", "keyid");
        byte[] signature = one.base64("sig");
        Credential credential = credential(bundle.child("verificationMaterial"));
        byte[] payload = envelope.base64("payload");
        Envelope read = new Envelope(credential, payload, signature, SignedFiles.read(payload));
        read.requireOwnKey();
        return read;
    }

    /** What a certificate in the bundle did not sign is wrong whoever is trusted. */
    private void requireOwnKey() throws RefusedException {
        if (credential instanceof Credential.Certificate certificate) {
            requireSignedBy(certificate.leaf());
        } else if (credential instanceof Credential.Keyless keyless) {
            requireSignedBy(keyless.leaf());
        }
    }

    private void requireSignedBy(X509Certificate leaf) throws RefusedException {
        boolean good;
        try {
            good = isBy(VerificationKey.of(leaf.getPublicKey()));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("in its certificate " + e.getMessage(), "Sign it with another certificate.");
        }
        if (!good) {
            throw new RefusedException(
                    "the key of its certificate did not make it, or what was signed was changed", "Sign it again.");
        }
    }

    private static Credential credential(BundleObject material) throws RefusedException {
        material.only("publicKey", "x509CertificateChain", "certificate", "tlogEntries", "timestampVerificationData");
        List<String> methods = METHODS.stream().filter(material::has).toList();
        if (methods.size() != 1) {
            throw material.refused("'verificationMaterial' has " + (methods.isEmpty() ? "none" : "several") + " of "
                    + String.join(", ", METHODS) + ", must have one");
        }
        return switch (methods.get(0)) {
            case "publicKey" -> key(material.child("publicKey").only("hint", "rawBytes", "keyDetails"));
            case "certificate" ->
                new Credential.Keyless(certificate(material.child("certificate").only("rawBytes")));
            default -> chain(material.child("x509CertificateChain").only("certificates"));
        };
    }

    /** A key that the bundle brings along (early bundles did) is not looked at: its writer chose it. */
    private static Credential key(BundleObject key) throws RefusedException {
        if (!key.has("hint")) {
            return new Credential.Key(Optional.empty());
        }
        String hint = key.text("hint");
        if (!HINT.matcher(hint).matches()) {
            throw key.refused("'" + key.name("hint") + "' is not 64 lower-case hex digits");
        }
        return new Credential.Key(Optional.of(hint));
    }

    private static Credential chain(BundleObject holder) throws RefusedException {
        BundleObject[] items = holder.children("certificates");
        if (items.length < 1 || items.length > MOST_CERTIFICATES) {
            throw holder.refused("it has " + items.length + " certificates, must have 1 to " + MOST_CERTIFICATES);
        }
        List<X509Certificate> chain = new ArrayList<>();
        for (BundleObject item : items) {
            chain.add(certificate(item.only("rawBytes")));
        }
        return new Credential.Certificate(chain);
    }

    private static X509Certificate certificate(BundleObject item) throws RefusedException {
        byte[] der = item.base64("rawBytes");
        try {
            return PemCertificates.certificate(der);
        } catch (IllegalArgumentException e) {
            throw item.refused("'" + item.name("rawBytes") + "' is no certificate in DER and nothing else");
        }
    }

    /** The pre-authentication encoding of DSSE v1: what is really signed. */
    static byte[] signedBytes(byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String type = PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE; // ASCII: as many bytes as characters
        bytes.writeBytes(("DSSEv1 " + type + " " + payload.length + " ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /** The bundle as the reference tool reads it. */
    Node.Mapping toNode() throws CertificateEncodingException {
        MappingBuilder material = new MappingBuilder();
        if (credential instanceof Credential.Certificate certificate) {
            List<Node> chain = new ArrayList<>();
            for (X509Certificate each : certificate.chain()) {
                chain.add(new MappingBuilder()
                        .text("rawBytes", base64(each.getEncoded()))
                        .build());
            }
            material.put(
                    "x509CertificateChain",
                    new MappingBuilder().list("certificates", chain).build());
        } else if (credential instanceof Credential.Key key) {
            material.put(
                    "publicKey", new MappingBuilder().text("hint", key.hint()).build());
        }
        material.put("tlogEntries", MappingBuilder.sequence(List.of()));
        Node.Mapping one = new MappingBuilder()
                .text("sig", base64(signature))
                .text("keyid", "")
                .build();
        return new MappingBuilder()
                .text("mediaType", MEDIA_TYPE)
                .put("verificationMaterial", material.build())
                .put(
                        "dsseEnvelope",
                        new MappingBuilder()
                                .text("payload", base64(payload))
                                .text("payloadType", PAYLOAD_TYPE)
                                .list("signatures", List.of(one))
                                .build())
                .build();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
