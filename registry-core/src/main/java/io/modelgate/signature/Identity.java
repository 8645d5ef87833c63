package io.modelgate.signature;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * Somebody whom a certificate names: by its subject, or by a subject alternative name.
 *
 * @param kind subject, email, uri or dns
 * @param name the name; compared exactly, a subject as RFC 5280 7.1 says
 */
public record Identity(Kind kind, String name) {
    /** Where in a certificate a name is. */
    public enum Kind {
        /** The subject, such as {@code CN=Release,O=Acme}. */
        SUBJECT,
        /** An address of mail. */
        EMAIL,
        /** A host. */
        DNS,
        /** A URI, such as a SPIFFE id. */
        URI;

        /** The key in a policy. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The numbers of RFC 5280 4.2.1.6. */
    private static final Map<Integer, Kind> NUMBERS = Map.of(1, Kind.EMAIL, 2, Kind.DNS, 6, Kind.URI);

    /** Throws {@link IllegalArgumentException} when a subject is no distinguished name (RFC 2253). */
    public Identity {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name is empty");
        }
        if (kind == Kind.SUBJECT) {
            new X500Principal(name);
        }
    }

    /** The alternative names of a certificate; one whose names cannot be read has none. */
    static List<Identity> namesOf(X509Certificate certificate) {
        List<Identity> names = new ArrayList<>();
        try {
            Collection<List<?>> there = certificate.getSubjectAlternativeNames();
            for (List<?> each : there == null ? List.<List<?>>of() : there) {
                Kind kind = NUMBERS.get(each.get(0));
                if (kind != null && each.get(1) instanceof String text && !text.isBlank()) {
                    names.add(new Identity(kind, text));
                }
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return names;
    }

    boolean isIn(X509Certificate certificate) {
        return kind == Kind.SUBJECT
                ? new X500Principal(name).equals(certificate.getSubjectX500Principal())
                : namesOf(certificate).contains(this);
    }

    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
