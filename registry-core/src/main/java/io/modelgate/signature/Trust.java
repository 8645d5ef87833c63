package io.modelgate.signature;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose signatures count.
 *
 * @param keys keys; no id and no key twice
 * @param authority whose certificates count; nobody's when empty
 */
public record Trust(List<TrustedKey> keys, Optional<TrustedAuthority> authority) {
    private static final String OTHER = "Sign it with a key or certificate that is trusted.";

    /** For a version: nothing but a new one gets another signature. */
    static final String NEW_VERSION =
            "A version keeps its signature: register the same files as a new version and sign that.";

    /** For a version whose signer may only be missing in the policy. */
    static final String NEW_VERSION_OR_NAMED =
            "A version keeps its signature: register the same files as a new version and sign that, or name the key or"
                    + " certificate in the policy.";

    public Trust {
        keys = List.copyOf(keys);
        Set<String> ids = new HashSet<>();
        Set<VerificationKey> known = new HashSet<>();
        for (TrustedKey each : keys) {
            if (!ids.add(each.id())) {
                throw new IllegalArgumentException("two keys are called " + each.id());
            }
            if (!known.add(each.key())) {
                throw new IllegalArgumentException(
                        "the key " + each.id() + " is there twice; what is said of one must hold for both");
            }
        }
    }

    /** Who signed something, or why that is nobody who is trusted. */
    public sealed interface Answer {
        /** A trusted key or certificate made the signature. {@code who} names it, in a few words. */
        record Signed(String who) implements Answer {}

        /** None did. The message is a sentence; so are the remedies: in general, and for a version of a registry. */
        record Refused(String message, String remedy, String remedyOfVersion) implements Answer {}
    }

    /** Verifies a signature as of this time. That it is about the right files is not looked at here. */
    public Answer check(SignatureBundle bundle, Instant now) {
        try {
            return new Answer.Signed(signer(bundle, now));
        } catch (RefusedException e) {
            return new Answer.Refused(e.getMessage() + ".", e.remedy(), e.remedyOfVersion());
        }
    }

    private String signer(SignatureBundle bundle, Instant now) throws RefusedException {
        if (bundle.credential() instanceof Credential.Certificate certificate) {
            return byCertificate(certificate, now);
        }
        if (bundle.credential() instanceof Credential.Key key) {
            return byKey(bundle, key, now);
        }
        throw new RefusedException(
                "It was signed keyless with Sigstore, which cannot be verified here",
                "Sign it with a key or certificate; see docs/signing.md.",
                NEW_VERSION);
    }

    /** The hint chooses which keys are tried, as in the reference tool; it makes none of them trusted. */
    private String byKey(SignatureBundle bundle, Credential.Key claimed, Instant now) throws RefusedException {
        List<TrustedKey> candidates = keys.stream()
                .filter(each -> claimed.hint()
                        .filter(hint -> !hint.equals(each.key().hint()))
                        .isEmpty())
                .toList();
        Optional<TrustedKey> signer =
                candidates.stream().filter(each -> bundle.isBy(each.key())).findFirst();
        if (signer.isPresent()) {
            return accepted(signer.get(), now);
        }
        if (candidates.isEmpty()) {
            throw new RefusedException(
                    "It says that it is by " + claimed.claim() + ", which is not trusted", OTHER, NEW_VERSION_OR_NAMED);
        }
        String tried = candidates.stream().map(TrustedKey::id).collect(Collectors.joining(", "));
        throw new RefusedException(
                claimed.hint().isPresent()
                        ? "It says that it is by the key " + tried
                                + ", which did not make it, or what was signed was changed"
                        : "None of the trusted keys made it (tried: " + tried + "), or what was signed was changed",
                OTHER,
                claimed.hint().isPresent() ? NEW_VERSION : NEW_VERSION_OR_NAMED);
    }

    private static String accepted(TrustedKey key, Instant now) throws RefusedException {
        Optional<String> distrust = key.distrust(now);
        if (distrust.isPresent()) {
            throw new RefusedException(
                    "It is by the key " + key.id() + ", which " + distrust.get(), OTHER, NEW_VERSION);
        }
        return "key " + key.id();
    }

    /** That the leaf's key made the signature was verified when the bundle was read. */
    private String byCertificate(Credential.Certificate certificate, Instant now) throws RefusedException {
        X509Certificate leaf = certificate.leaf();
        if (authority.isEmpty()) {
            throw new RefusedException(
                    "It says that it is by " + certificate.claim() + ", and no certificates are trusted",
                    OTHER,
                    NEW_VERSION_OR_NAMED);
        }
        authority.get().require(certificate.chain(), now);
        return "certificate of " + TrustedAuthority.name(leaf);
    }
}
