package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key that never leaves its device, here that of SoftHSM 2: Debian's package {@code softhsm2}. */
class DeviceKeyTest extends CommandLineFixture {
    private static final String PIN = "971364";

    private Path configuration = Path.of("");

    @BeforeEach
    void device() throws Exception {
        Path library = Stream.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of(""));
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/bin/softhsm2-util")) && Files.isRegularFile(library),
                "no SoftHSM on this machine: 'apt-get install softhsm2'");
        Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(folder.resolve("softhsm2.conf"), "directories.tokendir = " + folder.resolve("tokens") + "\n");
        configuration = Files.writeString(
                folder.resolve("pkcs11.cfg"), "name = Test\nlibrary = " + library + "\nslotListIndex = 0\n");
        Files.writeString(folder.resolve("pin"), PIN + "\n");
        Files.createDirectories(folder.resolve("model"));
        Files.writeString(folder.resolve("model/weights"), "weights");
        process("softhsm2-util", "--init-token", "--free", "--label", "test", "--pin", PIN, "--so-pin", PIN);
    }

    @Test
    void signsAndItsPublicKeyVerifies() throws Exception {
        keytool("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-alias", "release", "-dname", "CN=Release");
        String certificate = keytool("-exportcert", "-rfc", "-alias", "release");
        assertThat(sign("first.sig")).contains("Signed 1 file with P-256 key");
        Files.writeString(folder.resolve("key.pub.pem"), publicKey(certificate));
        succeeds("signature", "verify", "model", "--signature", "first.sig", "--key", "key.pub.pem");
        keytool("-genkeypair", "-keyalg", "EC", "-groupname", "secp384r1", "-alias", "spare", "-dname", "CN=Spare");
        assertThat(sign("second.sig")).contains("The device has not exactly one key; it has ", "--alias");
        assertThat(sign("second.sig", "--alias", "spare")).contains("Signed 1 file with P-384 key");
        fails(ExitCode.INTEGRITY, "signature", "verify", "model", "--signature", "second.sig", "--key", "key.pub.pem");
        Files.writeString(folder.resolve("pin"), "000000\n");
        assertThat(sign("third.sig")).contains("The PIN of the device is wrong").doesNotContain("000000");
    }

    private String sign(String to, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                "io.modelgate.cli.Main",
                "sign",
                "model",
                "--pkcs11",
                configuration.toString(),
                "--passphrase-file",
                "pin",
                "--to",
                to));
        command.addAll(List.of(more));
        return process(command.toArray(String[]::new));
    }

    private String keytool(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(words));
        command.addAll(List.of("-keystore", "NONE", "-storetype", "PKCS11", "-storepass", PIN));
        command.addAll(List.of("-addprovider", "SunPKCS11", "-providerarg", configuration.toString()));
        return process(command.toArray(String[]::new));
    }

    private String process(String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment()
                .put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static String publicKey(String certificate) throws Exception {
        byte[] pem = certificate.substring(certificate.indexOf("-----BEGIN")).getBytes(StandardCharsets.US_ASCII);
        byte[] key = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem))
                .getPublicKey()
                .getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }
}
