package io.modelgate.cli;

import io.modelgate.finding.RegistryException;
import io.modelgate.signature.Signer;
import io.modelgate.signature.Token;
import io.modelgate.signature.TrustedAuthority;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the key is that signs. A secret is never an argument: other people of the machine can read those. */
final class SigningOptions {
    /** What to do about a file that should have certificates and has not. */
    static final String CERTIFICATES = "Name a file with blocks CERTIFICATE, PEM.";

    private static final String PRIVATE_KEY =
            "Name one private key on P-256, P-384 or P-521, and give its passphrase; docs/signing.md says how to make one.";
    private static final int LONGEST = 1 << 20;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    /** One of these. */
    static final class Source {
        @Option(
                names = "--key",
                paramLabel = "<file>",
                description = "The private key: PEM, PKCS#8 (encrypted or not) or SEC 1, on P-256, P-384 or P-521.")
        private @Nullable String key;

        @Option(
                names = "--pkcs11",
                paramLabel = "<file>",
                description = "A configuration file of Java's SunPKCS11, for a key that never leaves its device.")
        private @Nullable String device;
    }

    @Option(
            names = "--alias",
            paramLabel = "<name>",
            description = "Which key of the device: the label of its certificate. Needed when it has several.")
    private @Nullable String alias;

    @Option(
            names = "--certificates",
            paramLabel = "<file>",
            description = "The certificate of the key and those of the authorities above it, in this order, PEM.")
    private @Nullable String certificates;

    @Option(
            names = "--passphrase-file",
            paramLabel = "<file>",
            description = "Its first line is the passphrase of the key, or the PIN of the device.")
    private @Nullable String passphraseFile;

    @Option(
            names = "--passphrase-env",
            paramLabel = "<variable>",
            description = "This environment variable is. Without either you are asked.")
    private @Nullable String passphraseVariable;

    Signer signer(Terminal terminal) {
        if (passphraseFile != null && passphraseVariable != null) {
            throw RegistryException.usage(
                    "Both --passphrase-file and --passphrase-env say where the passphrase is.",
                    "Leave one of them out.");
        }
        return Arguments.valid(() -> {
            Signer signer = source.key != null
                    ? read(
                            terminal.path(source.key),
                            pem -> Signer.ofPem(pem, secret(terminal, "Passphrase of the key: ")),
                            PRIVATE_KEY)
                    : Token.open(
                            terminal.path(String.valueOf(source.device)),
                            Optional.ofNullable(alias),
                            secret(terminal, "PIN of the device: "));
            return certificates == null
                    ? signer
                    : signer.with(read(terminal.path(certificates), TrustedAuthority::certificates, CERTIFICATES));
        });
    }

    private Supplier<char[]> secret(Terminal terminal, String prompt) {
        return () -> {
            if (passphraseFile != null) {
                return text(terminal.path(passphraseFile), "Name the file whose first line is the passphrase.")
                        .lines()
                        .findFirst()
                        .orElse("")
                        .toCharArray();
            }
            if (passphraseVariable != null) {
                String value = terminal.environment().get(passphraseVariable);
                if (value == null) {
                    throw RegistryException.usage(
                            "The environment variable " + passphraseVariable + " is not set.", "Set it.");
                }
                return value.toCharArray();
            }
            return asked(terminal, prompt);
        };
    }

    @SuppressWarnings(
            "SystemConsoleNull") // until Java 22 it is null where nobody can be asked; after that nobody watches then
    private static char[] asked(Terminal terminal, String prompt) {
        Console console = terminal.interactive() ? System.console() : null;
        char[] typed = console == null ? null : console.readPassword(prompt);
        if (typed == null) {
            throw RegistryException.usage(
                    "A passphrase or PIN is needed, and nobody can be asked for it.",
                    "Give --passphrase-file or --passphrase-env.");
        }
        return typed;
    }

    /** What a PEM file holds; what is wrong with it is said with its name. */
    static <T> T read(Path path, Function<String, T> parse, String remedy) {
        String text = text(path, "Name a PEM file.");
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(RegistryException.Kind.USAGE, path + ": " + e.getMessage() + ".", remedy, e);
        }
    }

    private static String text(Path path, String remedy) {
        try {
            if (!Files.isRegularFile(path)) {
                throw RegistryException.notFound(path + " is not a file.", remedy);
            }
            if (Files.size(path) > LONGEST) {
                throw RegistryException.usage(path + " has more than 1 MiB.", remedy);
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw RegistryException.environment(path + " cannot be read.", "Check its permissions.", e);
        }
    }
}
