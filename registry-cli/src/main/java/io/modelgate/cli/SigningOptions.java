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
        return Arguments.valid(() -> {
            Signer signer = source.key != null
                    ? read(
                            terminal.path(source.key),
                            pem -> Signer.ofPem(pem, secret(terminal, "Passphrase of the key: ")))
                    : Token.open(
                            terminal.path(String.valueOf(source.device)),
                            Optional.ofNullable(alias),
                            secret(terminal, "PIN of the device: "));
            return certificates == null
                    ? signer
                    : signer.with(read(terminal.path(certificates), TrustedAuthority::certificates));
        });
    }

    private Supplier<char[]> secret(Terminal terminal, String prompt) {
        return () -> {
            if (passphraseFile != null) {
                return text(terminal.path(passphraseFile))
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
    static <T> T read(Path path, Function<String, T> parse) {
        String text = text(path);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw RegistryException.notFound(path + " is not a file.", "Name a PEM file.");
            }
            if (Files.size(path) > LONGEST) {
                throw RegistryException.usage(path + " has more than 1 MiB.", "Name a PEM file.");
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw RegistryException.environment(path + " cannot be read.", "Check its permissions.", e);
        }
    }
}
