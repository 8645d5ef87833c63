package io.modelgate.signature;

import io.modelgate.finding.Text;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** By what a signature says that it can be verified. It makes nothing trusted: whoever writes a proposal chooses it. */
public sealed interface Credential {
    /** Who it says to be, in a few words. */
    String claim();

    /** The same for a document. */
    Node.Mapping toNode();

    /**
     * A public key that is somewhere else.
     *
     * @param hint lower-case hex SHA-256 of its canonical PEM text; empty in old bundles
     */
    record Key(Optional<String> hint) implements Credential {
        @Override
        public String claim() {
            return hint.map(each -> "a key with the hint " + each).orElse("a key without a hint");
        }

        @Override
        public Node.Mapping toNode() {
            return new MappingBuilder().text("method", "key").text("hint", hint).build();
        }
    }

    /**
     * A certificate.
     *
     * @param chain the signer's own first; at least one
     */
    record Certificate(List<X509Certificate> chain) implements Credential {
        public Certificate {
            chain = List.copyOf(chain);
        }

        X509Certificate leaf() {
            return chain.get(0);
        }

        @Override
        public String claim() {
            return "the certificate of " + TrustedAuthority.name(leaf());
        }

        @Override
        public Node.Mapping toNode() {
            return certificate("certificate", leaf());
        }
    }

    /** A certificate that was given out for minutes, for an identity that an identity provider vouched for: Sigstore keyless. */
    record Keyless(X509Certificate leaf) implements Credential {
        @Override
        public String claim() {
            String names =
                    Identity.namesOf(leaf).stream().map(Identity::toString).collect(Collectors.joining(", "));
            return "a Sigstore certificate" + (names.isEmpty() ? "" : " of " + Text.excerpt(names, 200));
        }

        @Override
        public Node.Mapping toNode() {
            return certificate("keyless", leaf);
        }
    }

    private static Node.Mapping certificate(String method, X509Certificate leaf) {
        return new MappingBuilder()
                .text("method", method)
                .text("subject", leaf.getSubjectX500Principal().getName())
                .text("issuer", leaf.getIssuerX500Principal().getName())
                .text("serial", HexFormat.of().formatHex(leaf.getSerialNumber().toByteArray()))
                .text("notAfter", leaf.getNotAfter().toInstant())
                .texts(
                        "names",
                        Identity.namesOf(leaf).stream().map(Identity::toString).toList())
                .build();
    }
}
