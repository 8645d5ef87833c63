package io.modelgate.signature;

import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/** Reads certificates and revocation lists, from PEM text too. A stranger may have written them. */
final class PemCertificates {
    private static final int MOST = 50;
    private static final int LONGEST_CERTIFICATE = 16 << 10;

    private PemCertificates() {}

    static List<X509Certificate> read(String pem) {
        return blocks(pem, "CERTIFICATE").stream()
                .map(block -> certificate(block.der()))
                .toList();
    }

    /** The certificate that these bytes are in DER; throws {@link IllegalArgumentException} with a sentence when they are anything else, or more. */
    static X509Certificate certificate(byte[] der) {
        if (der.length > LONGEST_CERTIFICATE) {
            throw new IllegalArgumentException("a block has more than " + (LONGEST_CERTIFICATE >> 10) + " KiB");
        }
        try {
            Der.requireShallow(der);
            X509Certificate read = (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
            if (Arrays.equals(read.getEncoded(), der)) {
                return read;
            }
        } catch (CertificateException | ClassCastException | IllegalArgumentException e) {
            throw new IllegalArgumentException("a block is no X.509 certificate", e);
        }
        throw new IllegalArgumentException("a block holds more than a certificate");
    }

    static X509CRL list(String pem) {
        byte[] der = Pem.single(pem, "X509 CRL").der();
        try {
            Der.requireShallow(der);
            X509CRL read = (X509CRL) factory().generateCRL(new ByteArrayInputStream(der));
            if (Arrays.equals(read.getEncoded(), der)) {
                return read;
            }
        } catch (CertificateException | CRLException | ClassCastException | IllegalArgumentException e) {
            throw new IllegalArgumentException("the block is no X.509 revocation list", e);
        }
        throw new IllegalArgumentException("the block holds more than a revocation list");
    }

    private static List<Pem> blocks(String pem, String label) {
        List<Pem> blocks = Pem.blocks(pem);
        if (blocks.isEmpty() || blocks.size() > MOST) {
            throw new IllegalArgumentException("it has " + blocks.size() + " blocks, expected are 1 to " + MOST);
        }
        blocks.stream().filter(each -> !each.label().equals(label)).findFirst().ifPresent(other -> {
            throw new IllegalArgumentException("it has a block " + other.label() + ", expected is " + label);
        });
        return blocks;
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
