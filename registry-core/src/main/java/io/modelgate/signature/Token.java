package io.modelgate.signature;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
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
        char[] secret = pin.get();
        try {
            Provider device = base.configure(configuration.toString());
            KeyStore keys = KeyStore.getInstance("PKCS11", device);
            keys.load(null, secret);
            return signer(keys, chosen(keys, alias), device);
        } catch (GeneralSecurityException
                | IOException
                | ProviderException
                | InvalidParameterException
                | UnsupportedOperationException e) {
            throw RegistryException.environment(
                    "The PKCS#11 device cannot be used (" + e.getClass().getSimpleName() + ").", REMEDY, e);
        } finally {
            Arrays.fill(secret, '\0');
        }
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
