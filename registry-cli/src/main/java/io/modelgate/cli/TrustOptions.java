package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import io.modelgate.signature.Identity;
import io.modelgate.signature.RevocationLists;
import io.modelgate.signature.Trust;
import io.modelgate.signature.TrustedAuthority;
import io.modelgate.signature.TrustedKey;
import io.modelgate.signature.VerificationKey;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose signatures count, said on the command line. */
final class TrustOptions {
    @Option(
            names = "--key",
            paramLabel = "<file>",
            description = "A public key that is trusted, PEM. May be given often.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--root",
            paramLabel = "<file>",
            description = "Self-signed certificates of authorities that are trusted, PEM. May be given often.")
    private List<String> roots = new ArrayList<>();

    @Option(
            names = "--intermediate",
            paramLabel = "<file>",
            description = "Certificates below the roots that the signature leaves out, PEM. May be given often.")
    private List<String> intermediates = new ArrayList<>();

    @Option(
            names = "--identity",
            paramLabel = "<kind=name>",
            description =
                    "Who may sign: subject=CN=…,O=…, email=…, dns=… or uri=…. Everybody with a certificate when absent.")
    private List<String> identities = new ArrayList<>();

    @Option(
            names = "--crl",
            paramLabel = "<file>",
            description = "A revocation list, PEM. Once one is given, all certificates below the root need one.")
    private List<String> lists = new ArrayList<>();

    /** What was said; empty when nothing was. */
    Optional<Trust> trust(Terminal terminal) {
        if (keys.isEmpty() && roots.isEmpty()) {
            if (!intermediates.isEmpty() || !identities.isEmpty() || !lists.isEmpty()) {
                throw RegistryException.usage("Certificates need a root that is trusted.", "Give --root.");
            }
            return Optional.empty();
        }
        return Optional.of(Arguments.valid(() -> new Trust(
                keys.stream().map(each -> key(terminal.path(each))).toList(),
                roots.isEmpty() ? Optional.empty() : Optional.of(authority(terminal)))));
    }

    private static TrustedKey key(Path file) {
        Path name = file.getFileName();
        return new TrustedKey(
                name == null ? "key" : name.toString(),
                SigningOptions.read(
                        file,
                        VerificationKey::parse,
                        "Name a public key, PEM: 'openssl pkey -in release.pem -pubout' writes it."),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private TrustedAuthority authority(Terminal terminal) {
        List<X509CRL> revoked = lists.stream()
                .map(each -> SigningOptions.read(
                        terminal.path(each), RevocationLists::list, "Name a file with a block X509 CRL."))
                .toList();
        return new TrustedAuthority(
                certificates(terminal, roots),
                certificates(terminal, intermediates),
                identities.stream().map(TrustOptions::identity).toList(),
                List.of(),
                Duration.ZERO,
                new RevocationLists(
                        revoked, revoked.isEmpty() ? RevocationLists.Scope.NONE : RevocationLists.Scope.CHAIN));
    }

    private static List<X509Certificate> certificates(Terminal terminal, List<String> files) {
        return files.stream()
                .map(each -> SigningOptions.read(
                        terminal.path(each), TrustedAuthority::certificates, SigningOptions.CERTIFICATES))
                .flatMap(List::stream)
                .toList();
    }

    private static Identity identity(String typed) {
        int equals = typed.indexOf('=');
        return Arrays.stream(Identity.Kind.values())
                .filter(kind -> equals > 0 && kind.word().equals(typed.substring(0, equals)))
                .findFirst()
                .map(kind -> new Identity(kind, typed.substring(equals + 1)))
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + typed + "' is no identity; write one like email=release@acme.example"));
    }
}
