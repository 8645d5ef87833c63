package io.modelgate.signature;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keys on a PKCS#11 device, as Java's provider SunPKCS11 shows them: those with a certificate beside them. */
public final class Token {
    private static final String REMEDY =
            "Check the configuration file of SunPKCS11 (name, library, slot), the PIN and the device.";

    private static final int LONGEST = 300;
    private static final int MOST_CAUSES = 8;

    private Token() {}

    /**
     * The signer with a key on a device. Trouble with the device is ENVIRONMENT, a key that is not there NOT_FOUND.
     *
     * @param configuration a configuration file of SunPKCS11
     * @param alias the key's alias (the label of its certificate); the only one when empty
     * @param pin asked for once, and wiped
     */
    public static Signer open(Path configuration, Optional<String> alias, Supplier<char[]> pin) {
        Provider base = Optional.ofNullable(Security.getProvider("SunPKCS11"))
                .orElseThrow(() -> RegistryException.environment(
                        "This Java has no provider SunPKCS11.",
                        "Use one that has the module jdk.crypto.cryptoki.",
                        null));
        if (!Files.isRegularFile(configuration)) {
            throw RegistryException.notFound(
                    configuration + " is not a file.", "Name a configuration file of SunPKCS11; see docs/signing.md.");
        }
        Provider device = configured(base, configuration);
        char[] secret = pin.get();
        try {
            KeyStore keys = KeyStore.getInstance("PKCS11", device);
            keys.load(null, secret);
            return signer(keys, chosen(keys, alias), device);
        } catch (GeneralSecurityException
                | IOException
                | ProviderException
                | InvalidParameterException
                | UnsupportedOperationException e) {
            throw said(e).contains("CKR_PIN")
                    ? RegistryException.environment(
                            "The PIN of the device is wrong, or it is locked.",
                            "Give the right PIN; a device locks itself after some wrong ones.",
                            e)
                    : RegistryException.environment(
                            "The PKCS#11 device cannot be used (" + e.getClass().getSimpleName() + ").", REMEDY, e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private static Provider configured(Provider base, Path configuration) {
        try {
            return base.configure(configuration.toString());
        } catch (ProviderException | InvalidParameterException | UnsupportedOperationException e) {
            throw RegistryException.environment(
                    "The PKCS#11 device of " + configuration + " cannot be opened: " + Text.excerpt(said(e), LONGEST)
                            + ".",
                    "Check its lines 'library', which must be the file of a PKCS#11 library, and 'slot' or 'slotListIndex'.",
                    e);
        }
    }

    /** What an exception and those below it say. */
    private static String said(Throwable thrown) {
        List<String> words = new ArrayList<>();
        Throwable each = thrown;
        while (each != null && words.size() < MOST_CAUSES) {
            if (each.getMessage() != null) {
                words.add(each.getMessage());
            }
            each = each.getCause();
        }
        return String.join("; ", words);
    }

    private static String chosen(KeyStore keys, Optional<String> alias) throws GeneralSecurityException {
        List<String> there = new ArrayList<>();
        for (String each : Collections.list(keys.aliases())) {
            if (keys.isKeyEntry(each)) {
                there.add(each);
            }
        }
        if (alias.isPresent() ? there.contains(alias.get()) : there.size() == 1) {
            return alias.orElseGet(() -> there.get(0));
        }
        throw RegistryException.notFound(
                alias.map(each -> "The device has no key " + each).orElse("The device has not exactly one key")
                        + "; it has " + (there.isEmpty() ? "none" : String.join(", ", there)) + ".",
                "Name one of them with --alias. Java shows a key only if its certificate is on the device too.");
    }

    private static Signer signer(KeyStore keys, String alias, Provider device) throws GeneralSecurityException {
        Certificate[] chain = keys.getCertificateChain(alias);
        if (!(keys.getKey(alias, null) instanceof PrivateKey secret)
                || chain == null
                || !(chain[0] instanceof X509Certificate first)) {
            throw RegistryException.notFound("The device has no key and certificate " + alias + ".", REMEDY);
        }
        return Signer.ofDevice(secret, VerificationKey.of(first.getPublicKey()), device);
    }
}
