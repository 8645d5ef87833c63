package io.modelgate.signature;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the way from a signer's certificate to a trusted root, and has Java validate it (RFC 5280 6). The search is done here
 * because Java's own may be set to follow addresses that a certificate names.
 */
final class CertificateChains {
    private static final int LONGEST = 6;

    private final List<X509Certificate> roots;
    private final List<X509Certificate> intermediates;

    CertificateChains(List<X509Certificate> roots, List<X509Certificate> intermediates) {
        this.roots = List.copyOf(roots);
        this.intermediates = List.copyOf(intermediates);
    }

    /** The valid path from the first certificate to a root, which is its last; those after it in {@code given} may be part of it. */
    List<X509Certificate> to(List<X509Certificate> given, Instant when) throws RefusedException {
        List<X509Certificate> pool = new ArrayList<>(given.subList(1, given.size()));
        pool.addAll(intermediates);
        List<X509Certificate> found = new ArrayList<>(List.of(given.get(0)));
        Problem problem = new Problem();
        return search(found, pool, when, problem)
                .orElseThrow(() -> new RefusedException(
                        "The certificate of " + TrustedAuthority.name(given.get(0)) + problem.words(),
                        "Give the whole chain when signing, or sign with a certificate of an authority that is trusted.",
                        Trust.NEW_VERSION_OR_NAMED));
    }

    /** Why the last path that reached a root was not valid. */
    private static final class Problem {
        private String message = "";

        String words() {
            return message.isEmpty() ? " leads to no root that is trusted" : " is not valid: " + message;
        }
    }

    private Optional<List<X509Certificate>> search(
            List<X509Certificate> path, List<X509Certificate> pool, Instant when, Problem problem) {
        X509Certificate last = path.get(path.size() - 1);
        for (X509Certificate root : roots) {
            if (!path.contains(root) && isIssuedBy(last, root)) {
                List<X509Certificate> whole = new ArrayList<>(path);
                whole.add(root);
                Optional<String> wrong = invalid(whole, when);
                if (wrong.isEmpty()) {
                    return Optional.of(whole);
                }
                problem.message = wrong.get();
            }
        }
        if (path.size() >= LONGEST) {
            return Optional.empty();
        }
        for (X509Certificate issuer : pool) {
            if (!path.contains(issuer) && CertificateRules.authority(issuer).isEmpty() && isIssuedBy(last, issuer)) {
                List<X509Certificate> longer = new ArrayList<>(path);
                longer.add(issuer);
                Optional<List<X509Certificate>> found = search(longer, pool, when, problem);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether this name and this key signed it. */
    static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Why the path is not valid. The root is validated as one of the path, by its own name and key: Java takes an anchor for
     * granted, with its dates, its path length and its constraints of names.
     */
    private static Optional<String> invalid(List<X509Certificate> path, Instant when) {
        X509Certificate root = path.get(path.size() - 1);
        try {
            CertPath certificates = CertificateFactory.getInstance("X.509").generateCertPath(path);
            PKIXParameters parameters = new PKIXParameters(
                    Set.of(new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null)));
            parameters.setRevocationEnabled(false); // done by RevocationLists, from what the policy gives
            parameters.setDate(Date.from(when));
            CertPathValidator.getInstance("PKIX").validate(certificates, parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            int at = e.getIndex();
            String whose = at < 0 ? "" : " (" + TrustedAuthority.name(path.get(at)) + ")";
            return Optional.of(e.getReason() + whose);
        } catch (GeneralSecurityException e) {
            return Optional.of("it cannot be validated");
        }
    }
}
