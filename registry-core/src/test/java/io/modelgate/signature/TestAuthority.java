package io.modelgate.signature;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** An authority that gives out whatever certificate a test wants, honest or not, and revocation lists (RFC 5280 4.1, 5.1). */
public final class TestAuthority {
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    static final Instant YEARS_AGO = Instant.parse("2020-01-01T00:00:00Z");
    static final Instant YEARS_AHEAD = Instant.parse("2035-01-01T00:00:00Z");

    static final int SIGNS = 0x80;
    static final int SIGNS_CERTIFICATES = 0x06;

    private static final byte[] ECDSA_SHA256 = algorithm("06082a8648ce3d040302");
    private static final byte[] ECDSA_SHA1 = algorithm("06072a8648ce3d0401");
    private static int serials = 1000;

    final KeyPair pair;
    public final X509Certificate certificate;
    private final X500Principal name;

    private TestAuthority(KeyPair pair, X509Certificate certificate) {
        this.pair = pair;
        this.certificate = certificate;
        this.name = certificate.getSubjectX500Principal();
    }

    /** What a certificate is to say. */
    public static final class Wish {
        private final X500Principal subject;
        private Instant from = YEARS_AGO;
        private Instant until = YEARS_AHEAD;
        private String algorithm = "SHA256withECDSA";
        private final List<byte[]> extensions = new ArrayList<>();

        public Wish(String subject) {
            this.subject = new X500Principal(subject);
        }

        /** For a signer of models. */
        static Wish signer(String subject) {
            return new Wish(subject).usage(SIGNS);
        }

        /** For an authority. */
        public static Wish authority(String subject, int pathLength) {
            byte[] length = pathLength < 0 ? new byte[0] : Der.element(Der.INTEGER, new byte[] {(byte) pathLength});
            return new Wish(subject)
                    .usage(SIGNS_CERTIFICATES)
                    .extension("551d13", true, Der.element(Der.SEQUENCE, new byte[] {1, 1, -1}, length));
        }

        public Wish valid(Instant first, Instant last) {
            from = first;
            until = last;
            return this;
        }

        Wish sha1() {
            algorithm = "SHA1withECDSA";
            return this;
        }

        Wish usage(int bits) {
            return extension("551d0f", true, Der.element(Der.BIT_STRING, new byte[] {0, (byte) bits}));
        }

        Wish purpose(String... objectIds) {
            byte[][] all = Arrays.stream(objectIds)
                    .map(each -> Der.element(Der.OBJECT_ID, HexFormat.of().parseHex(each)))
                    .toArray(byte[][]::new);
            return extension("551d25", false, Der.element(Der.SEQUENCE, all));
        }

        Wish mail(String address) {
            return extension(
                    "551d11",
                    false,
                    Der.element(Der.SEQUENCE, Der.element(0x81, address.getBytes(StandardCharsets.US_ASCII))));
        }

        /** Only below this host, for an authority. */
        Wish onlyHost(String host) {
            byte[] base = Der.element(0x82, host.getBytes(StandardCharsets.US_ASCII));
            return extension(
                    "551d1e",
                    true,
                    Der.element(Der.SEQUENCE, Der.element(Der.CONTEXT_0, Der.element(Der.SEQUENCE, base))));
        }

        public Wish host(String host) {
            return extension(
                    "551d11",
                    false,
                    Der.element(Der.SEQUENCE, Der.element(0x82, host.getBytes(StandardCharsets.US_ASCII))));
        }

        Wish extension(String objectId, boolean critical, byte[] value) {
            extensions.add(Der.element(
                    Der.SEQUENCE,
                    Der.element(Der.OBJECT_ID, HexFormat.of().parseHex(objectId)),
                    critical ? new byte[] {1, 1, -1} : new byte[0],
                    Der.element(Der.OCTET_STRING, value)));
            return this;
        }
    }

    public KeyPair pair() {
        return pair;
    }

    public static TestAuthority root(Wish wish) {
        KeyPair pair = Bundles.pair("secp256r1");
        return new TestAuthority(pair, issue(wish, pair.getPublic(), wish.subject, pair));
    }

    TestAuthority authority(Wish wish) {
        KeyPair own = Bundles.pair("secp256r1");
        return new TestAuthority(own, issue(wish, own.getPublic()));
    }

    /** Whom this root's signers are trusted by. */
    static TrustedAuthority trusting(TestAuthority root) {
        return trusting(root, List.of());
    }

    static TrustedAuthority trusting(TestAuthority root, List<String> purposes, X509Certificate... intermediates) {
        return new TrustedAuthority(
                List.of(root.certificate),
                List.of(intermediates),
                List.of(),
                purposes,
                Duration.ZERO,
                RevocationLists.NONE);
    }

    public X509Certificate issue(Wish wish, PublicKey key) {
        return issue(wish, key, name, pair);
    }

    private static X509Certificate issue(Wish wish, PublicKey key, X500Principal issuer, KeyPair by) {
        byte[] algorithm = wish.algorithm.startsWith("SHA1") ? ECDSA_SHA1 : ECDSA_SHA256;
        byte[] body = Der.element(
                Der.SEQUENCE,
                Der.element(Der.CONTEXT_0, Der.element(Der.INTEGER, new byte[] {2})),
                Der.element(Der.INTEGER, BigInteger.valueOf(serials++).toByteArray()),
                algorithm,
                issuer.getEncoded(),
                Der.element(Der.SEQUENCE, time(wish.from), time(wish.until)),
                wish.subject.getEncoded(),
                key.getEncoded(),
                Der.element(0xA3, Der.element(Der.SEQUENCE, wish.extensions.toArray(byte[][]::new))));
        return parse(signed(body, algorithm, wish.algorithm, by));
    }

    /** A list of those that were revoked. */
    X509CRL list(Instant from, Instant next, X509Certificate... revoked) {
        return list(from, next, new byte[0], revoked);
    }

    /** An extension of lists, for {@link #list(Instant, Instant, byte[], X509Certificate...)}. */
    static byte[] listExtension(String objectId, boolean critical, byte[] value) {
        byte[][] one =
                new Wish("CN=x").extension(objectId, critical, value).extensions.toArray(byte[][]::new);
        return Der.element(Der.CONTEXT_0, Der.element(Der.SEQUENCE, one));
    }

    X509CRL list(Instant from, Instant next, byte[] extensions, X509Certificate... revoked) {
        byte[][] entries = Arrays.stream(revoked)
                .map(each -> Der.element(
                        Der.SEQUENCE,
                        Der.element(Der.INTEGER, each.getSerialNumber().toByteArray()),
                        time(from)))
                .toArray(byte[][]::new);
        byte[] body = Der.element(
                Der.SEQUENCE,
                Der.element(Der.INTEGER, new byte[] {1}),
                ECDSA_SHA256,
                name.getEncoded(),
                time(from),
                time(next),
                entries.length == 0 ? new byte[0] : Der.element(Der.SEQUENCE, entries),
                extensions);
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509")
                    .generateCRL(new ByteArrayInputStream(signed(body, ECDSA_SHA256, "SHA256withECDSA", pair)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signed(byte[] body, byte[] algorithm, String name, KeyPair by) {
        try {
            Signature signature = Signature.getInstance(name);
            signature.initSign(by.getPrivate());
            signature.update(body);
            return Der.element(
                    Der.SEQUENCE, body, algorithm, Der.element(Der.BIT_STRING, new byte[] {0}, signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] algorithm(String objectId) {
        return Der.element(Der.SEQUENCE, HexFormat.of().parseHex(objectId));
    }

    /** As a GeneralizedTime has it. */
    static String digits(Instant time) {
        return DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").format(time.atOffset(ZoneOffset.UTC));
    }

    private static byte[] time(Instant time) {
        String text = digits(time);
        return time.isBefore(Instant.parse("2050-01-01T00:00:00Z"))
                ? Der.element(0x17, text.substring(2).getBytes(StandardCharsets.US_ASCII))
                : Der.element(0x18, text.getBytes(StandardCharsets.US_ASCII));
    }
}
