package io.modelgate.signature;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which certificates were taken back, by the lists (CRLs, RFC 5280 5) that a policy gives. Whoever is on a list is refused, also
 * if the list is old; who is on none needs a list of its issuer that is still the latest.
 *
 * @param lists the lists
 * @param scope whose revocation must be known
 */
public record RevocationLists(List<X509CRL> lists, Scope scope) {
    private static final int SIGNS_LISTS = 6;
    private static final String KEEPS_ENDED = "2.5.29.60";
    private static final int GENERALIZED_TIME = 0x18;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);

    /** No list, and nothing asked. */
    public static final RevocationLists NONE = new RevocationLists(List.of(), Scope.NONE);

    /** Whose revocation must be known. */
    public enum Scope {
        /** Nobody's. */
        NONE,
        /** The signer's. */
        LEAF,
        /** The signer's, and that of every authority below the root. */
        CHAIN
    }

    public RevocationLists {
        lists = List.copyOf(lists);
        for (X509CRL list : lists) {
            Set<String> critical = list.getCriticalExtensionOIDs();
            if (critical != null && !critical.isEmpty()) {
                throw new IllegalArgumentException("a list is partial (critical extensions " + critical
                        + "), and does not say of everybody whether they were revoked");
            }
        }
    }

    /** Reads one list from PEM text; throws {@link IllegalArgumentException} with a sentence for people. */
    public static X509CRL list(String pem) {
        return PemCertificates.list(pem);
    }

    /** Throws when a certificate of the path was revoked, or that must be known and is not. The last of the path is the root. */
    void require(List<X509Certificate> path, Instant now) throws RefusedException {
        for (int i = 0; i + 1 < path.size(); i++) {
            boolean asked = scope == Scope.CHAIN || (scope == Scope.LEAF && i == 0);
            require(path.get(i), path.get(i + 1), asked, now);
        }
    }

    private void require(X509Certificate certificate, X509Certificate issuer, boolean asked, Instant now)
            throws RefusedException {
        String name = TrustedAuthority.name(certificate);
        BigInteger serial = certificate.getSerialNumber();
        Instant notAfter = certificate.getNotAfter().toInstant();
        boolean ended = now.isAfter(notAfter);
        boolean known = false;
        boolean forgetful = false;
        Optional<Instant> stale = Optional.empty();
        for (X509CRL list : lists) {
            if (isBy(list, issuer)) {
                X509CRLEntry entry = list.getRevokedCertificate(serial);
                if (entry != null) {
                    throw new RefusedException(
                            "The certificate of " + name + " was revoked on "
                                    + entry.getRevocationDate().toInstant(),
                            "Sign it with a certificate that counts.",
                            Trust.NEW_VERSION);
                }
                boolean latest = isLatest(list, now);
                boolean remembers = !ended || remembers(list, notAfter);
                known |= (latest && remembers) || (ended && isLatest(list, notAfter));
                forgetful |= latest && !remembers;
                stale = latest ? stale : end(list);
            }
        }
        if (asked && !known && forgetful) {
            throw new RefusedException(
                    "Whether the certificate of " + name + " was revoked is not known: it ended on " + notAfter
                            + ", and the list of " + TrustedAuthority.name(issuer) + " may have left it out since",
                    "Keep the issuer's list of that day in the policy, too.");
        }
        if (asked && !known) {
            throw new RefusedException(
                    "Whether the certificate of " + name + " was revoked is not known: "
                            + stale.map(when -> "the list of " + TrustedAuthority.name(issuer) + " ended on " + when)
                                    .orElse("the policy has no list of " + TrustedAuthority.name(issuer)),
                    "Put the issuer's present list into the policy.");
        }
    }

    private static boolean isLatest(X509CRL list, Instant now) {
        return !now.isBefore(list.getThisUpdate().toInstant())
                && end(list).filter(end -> !now.isAfter(end)).isPresent();
    }

    /**
     * Whether the list still has those whose certificates ended at that time. Others may be left out (RFC 5280 3.3) unless it says
     * since when none was (expiredCertsOnCRL, X.509 9.5.2.8).
     */
    private static boolean remembers(X509CRL list, Instant notAfter) {
        byte[] extension = list.getExtensionValue(KEEPS_ENDED);
        if (extension == null) {
            return false;
        }
        try {
            byte[] time = new Der(new Der(extension).next(Der.OCTET_STRING)).next(GENERALIZED_TIME);
            Instant since = LocalDateTime.parse(new String(time, StandardCharsets.US_ASCII), TIME)
                    .toInstant(ZoneOffset.UTC);
            return !since.isAfter(notAfter);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return false;
        }
    }

    /** When the next list was to come; a list that does not say so is never the latest. */
    public static Optional<Instant> end(X509CRL list) {
        return Optional.ofNullable(list.getNextUpdate()).map(Date::toInstant);
    }

    private static boolean isBy(X509CRL list, X509Certificate issuer) {
        if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        boolean[] usage = issuer.getKeyUsage();
        try {
            list.verify(issuer.getPublicKey());
            return usage == null || usage[SIGNS_LISTS];
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
