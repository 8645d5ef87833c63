package io.modelgate.signature;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a certificate must be to sign models, or to sign certificates, whoever gave it out (RFC 5280 4.2.1). */
final class CertificateRules {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int SIGNS_CERTIFICATES = 5;
    private static final int SHORTEST_RSA = 2048;
    private static final String USAGE = "2.5.29.15";
    private static final String PURPOSES = "2.5.29.37";
    private static final String ANY_PURPOSE = PURPOSES + ".0";
    private static final Set<String> ALGORITHMS = Set.of(
            "SHA256WITHECDSA",
            "SHA384WITHECDSA",
            "SHA512WITHECDSA",
            "SHA256WITHRSA",
            "SHA384WITHRSA",
            "SHA512WITHRSA",
            "RSASSA-PSS",
            "ED25519",
            "ED448");

    private static final Set<String> PSS_HASHES = Set.of("SHA-256", "SHA-384", "SHA-512");

    private CertificateRules() {}

    /** What keeps a certificate from being that of an authority; empty for nothing. */
    static Optional<String> authority(X509Certificate certificate) {
        String name = TrustedAuthority.name(certificate);
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() < 0) {
            return Optional.of(name + " is no authority: its certificate does not say CA");
        }
        if (usage == null ? has(certificate, USAGE) : !usage[SIGNS_CERTIFICATES]) {
            return Optional.of(name + " may not sign certificates, says its own");
        }
        return weak(certificate);
    }

    /** What keeps the first certificate of a path from signing models; empty for nothing. The last is the root. */
    static Optional<String> signer(List<X509Certificate> path, List<String> purposes) {
        X509Certificate leaf = path.get(0);
        String name = TrustedAuthority.name(leaf);
        boolean[] usage = leaf.getKeyUsage();
        if (leaf.getBasicConstraints() >= 0) {
            return Optional.of("The certificate of " + name + " is that of an authority, which signs no models");
        }
        if (usage == null || !usage[DIGITAL_SIGNATURE]) {
            return Optional.of("The certificate of " + name + " is not for digital signatures, by its key usage");
        }
        for (X509Certificate each : path) {
            Optional<String> wrong =
                    weak(each).or(() -> purpose(each, purposes, each.equals(leaf) && !purposes.isEmpty()));
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    /** A certificate that says what it is for is for nothing else; so are those that an authority limited so signs. */
    private static Optional<String> purpose(X509Certificate certificate, List<String> purposes, boolean needed) {
        List<String> asked = purposes.isEmpty() ? List.of(TrustedAuthority.CODE_SIGNING) : purposes;
        try {
            List<String> said = certificate.getExtendedKeyUsage();
            if (said == null && has(certificate, PURPOSES)) {
                throw new CertificateParsingException();
            }
            boolean fits = said == null
                    ? !needed
                    : asked.stream().anyMatch(said::contains) || (!needed && said.contains(ANY_PURPOSE));
            return fits
                    ? Optional.empty()
                    : Optional.of("The certificate of " + TrustedAuthority.name(certificate) + " is for "
                            + (said == null ? "nothing in particular" : "other purposes") + ": asked is "
                            + String.join(" or ", asked));
        } catch (CertificateParsingException e) {
            return Optional.of(
                    "What the certificate of " + TrustedAuthority.name(certificate) + " is for cannot be read");
        }
    }

    /** Whether it says something of it. Java has nothing to say of an extension that it cannot read, as of one that is not there. */
    private static boolean has(X509Certificate certificate, String extension) {
        return certificate.getExtensionValue(extension) != null;
    }

    private static Optional<String> weak(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName();
        if (!ALGORITHMS.contains(algorithm.toUpperCase(Locale.ROOT)) || isWeakPss(certificate)) {
            return Optional.of("The certificate of " + TrustedAuthority.name(certificate) + " is signed with "
                    + algorithm + ", which is too weak or not known");
        }
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < SHORTEST_RSA) {
            return Optional.of("The key of " + TrustedAuthority.name(certificate) + " is RSA of fewer than "
                    + SHORTEST_RSA + " bits");
        }
        return Optional.empty();
    }

    /** RSASSA-PSS says its hash beside its name, and means SHA-1 when it says none (RFC 4055 3.1). */
    private static boolean isWeakPss(X509Certificate certificate) {
        if (!certificate.getSigAlgName().equals("RSASSA-PSS")) {
            return false;
        }
        try {
            AlgorithmParameters said = AlgorithmParameters.getInstance("RSASSA-PSS");
            said.init(certificate.getSigAlgParams());
            return !PSS_HASHES.contains(
                    said.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return true;
        }
    }
}
