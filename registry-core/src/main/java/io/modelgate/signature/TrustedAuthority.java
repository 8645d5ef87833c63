package io.modelgate.signature;

import io.modelgate.finding.Text;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whose certificates a policy trusts, and what it asks of them.
 *
 * @param roots self-signed certificates of authorities; at least one
 * @param intermediates certificates of authorities that bundles may leave out
 * @param identities who may sign; anybody with a certificate when empty
 * @param purposes object identifiers of extended key usages, of which the certificate needs one; see {@link CertificateRules}
 * @param afterExpiry how long after its end the signer's certificate still counts; nothing proves when something was signed
 * @param revocations which certificates were taken back
 */
public record TrustedAuthority(
        List<X509Certificate> roots,
        List<X509Certificate> intermediates,
        List<Identity> identities,
        List<String> purposes,
        Duration afterExpiry,
        RevocationLists revocations) {
    /** The extended key usage for signing code (RFC 5280 4.2.1.12): what is asked of a certificate that says what it is for. */
    public static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

    private static final int LONGEST_NAME = 100;

    public TrustedAuthority {
        roots = List.copyOf(roots);
        intermediates = List.copyOf(intermediates);
        identities = List.copyOf(identities);
        purposes = List.copyOf(purposes);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("no root is trusted");
        }
        if (afterExpiry.isNegative()) {
            throw new IllegalArgumentException("the time after the end is negative");
        }
        roots.forEach(root -> CertificateRules.authority(root).ifPresent(TrustedAuthority::refuse));
        intermediates.forEach(each -> CertificateRules.authority(each).ifPresent(TrustedAuthority::refuse));
        roots.stream()
                .filter(root -> !CertificateChains.isIssuedBy(root, root))
                .findFirst()
                .ifPresent(root -> refuse(name(root) + " is no root: another signed it"));
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException(why);
    }

    /** Reads certificates from PEM text; throws {@link IllegalArgumentException} with a sentence for people. */
    public static List<X509Certificate> certificates(String pem) {
        return PemCertificates.read(pem);
    }

    /** Throws unless the chain, the signer's certificate first, leads to a root, and is as the policy asks at this time. */
    void require(List<X509Certificate> chain, Instant now) throws RefusedException {
        X509Certificate leaf = chain.get(0);
        Instant when = validAt(leaf, now);
        requireIdentity(leaf);
        List<X509Certificate> path = new CertificateChains(roots, intermediates).to(chain, when);
        Optional<String> wrong = CertificateRules.signer(path, purposes);
        if (wrong.isPresent()) {
            throw new RefusedException(
                    wrong.get(), "Sign it with a certificate that was given out for signing.", Trust.NEW_VERSION);
        }
        revocations.require(path, now);
    }

    /** The time at which the chain must hold: now, or the leaf's last moment while the policy bears with it. */
    private Instant validAt(X509Certificate leaf, Instant now) throws RefusedException {
        Instant begin = leaf.getNotBefore().toInstant();
        Instant end = leaf.getNotAfter().toInstant();
        if (now.isBefore(begin)) {
            throw new RefusedException(
                    "The certificate of " + name(leaf) + " is not valid before " + begin, "Check the clocks.");
        }
        if (!now.isAfter(end)) {
            return now;
        }
        if (now.isAfter(end.plus(afterExpiry))) {
            throw new RefusedException(
                    "The certificate of " + name(leaf) + " ended on " + end
                            + (afterExpiry.isZero()
                                    ? ""
                                    : ", and the policy bears with it for " + afterExpiry.toDays() + " days only")
                            + ": nothing proves that it signed before",
                    "Sign it again with a valid certificate.",
                    Trust.NEW_VERSION);
        }
        return end;
    }

    private void requireIdentity(X509Certificate leaf) throws RefusedException {
        if (!identities.isEmpty() && identities.stream().noneMatch(each -> each.isIn(leaf))) {
            throw new RefusedException(
                    "The certificate is that of " + name(leaf) + ", who is none of those that may sign",
                    "Let somebody sign it who may, or propose a policy that names them.",
                    Trust.NEW_VERSION_OR_NAMED);
        }
    }

    /** Whose it is, as far as people read it. */
    static String name(X509Certificate certificate) {
        return Text.excerpt(certificate.getSubjectX500Principal().getName(), LONGEST_NAME);
    }
}
