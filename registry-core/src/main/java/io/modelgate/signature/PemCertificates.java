package io.modelgate.signature;

import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads certificates and revocation lists from PEM text. */
final class PemCertificates {
    private static final int MOST = 50;

    private PemCertificates() {}

    static List<X509Certificate> read(String pem) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem block : blocks(pem, "CERTIFICATE")) {
            try {
                X509Certificate read = (X509Certificate) factory().generateCertificate(stream(block));
                requireSame(Arrays.equals(read.getEncoded(), block.der()), "certificate");
                certificates.add(read);
            } catch (CertificateException | ClassCastException e) {
                throw new IllegalArgumentException("a block is no X.509 certificate", e);
            }
        }
        return certificates;
    }

    static X509CRL list(String pem) {
        try {
            Pem block = Pem.single(pem, "X509 CRL");
            X509CRL read = (X509CRL) factory().generateCRL(stream(block));
            requireSame(Arrays.equals(read.getEncoded(), block.der()), "revocation list");
            return read;
        } catch (CertificateException | CRLException | ClassCastException e) {
            throw new IllegalArgumentException("the block is no X.509 revocation list", e);
        }
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

    private static void requireSame(boolean same, String what) {
        if (!same) {
            throw new IllegalArgumentException("a block holds more than a " + what);
        }
    }

    private static ByteArrayInputStream stream(Pem block) {
        return new ByteArrayInputStream(block.der());
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
