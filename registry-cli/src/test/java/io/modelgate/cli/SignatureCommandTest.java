package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.manifest.Digest;
import io.modelgate.signature.SignedFiles;
import io.modelgate.signature.Signer;
import io.modelgate.store.FileDigest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Signing and verifying as a user does it: a folder without a registry, and a version that a policy asks a signature of. */
class SignatureCommandTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/credit-default-risk").toAbsolutePath().normalize();
    private static final Path KEYS = Path.of("../registry-core/src/test/resources/signature/keys")
            .toAbsolutePath()
            .normalize();
    private static final String VERSION = "credit/default-risk@1.0.0";

    @Test
    void signsAFolderAndVerifiesIt() throws Exception {
        model();
        succeeds("sign", "model", "--key", key("sec1-p256"), "--to", "model/model.sig");
        assertThat(shown).contains("Signed 2 files with P-256 key 5ecf2f35b552.");
        succeeds("signature", "verify", "model", "--key", key("sec1-p256.pub"));
        assertThat(data).isEqualTo("Good: 2 files, signed by key sec1-p256.pub.pem.\n");
        fails(ExitCode.INTEGRITY, "signature", "verify", "model", "--key", key("pkcs8-p384.pub"));
        assertThat(shown).contains("which is not trusted");
        Files.writeString(folder.resolve("model/more"), "more");
        fails(ExitCode.INTEGRITY, "signature", "verify", "model", "--key", key("sec1-p256.pub"));
        assertThat(shown)
                .contains(
                        "This signature is about other files: more is not signed. Take away what was not signed, or leave it out with --ignore <path>.");
        succeeds("signature", "verify", "model", "--key", key("sec1-p256.pub"), "--ignore-unsigned");
        succeeds("signature", "verify", "model", "--key", key("sec1-p256.pub"), "--ignore", "more");
        succeeds("signature", "verify", "model", "--key", key("sec1-p256.pub"), "--ignore", "more", "-o", "json");
        assertThat(data).contains("\"signedBy\" : \"key sec1-p256.pub.pem\"", "\"method\" : \"key\"");
        Files.writeString(folder.resolve("model/sub/a"), "other");
        fails(
                ExitCode.INTEGRITY,
                "signature",
                "verify",
                "model",
                "--key",
                key("sec1-p256.pub"),
                "--ignore",
                "sub",
                "--ignore-unsigned");
        assertThat(shown)
                .contains(
                        "sub/a was signed with other bytes",
                        "Get the files again: 'modelgate pull <version> --to <folder>'")
                .doesNotContain("this version");
    }

    @Test
    void refusesWhatSaysNothingOrTwoThings() throws Exception {
        model();
        fails(ExitCode.USAGE, "pull", VERSION, "--to", "");
        assertThat(shown).contains("--to is empty");
        fails(ExitCode.USAGE, "push", VERSION, " ");
        assertThat(shown).contains("<folder> is empty");
        fails(ExitCode.USAGE, "register", VERSION, "");
        assertThat(shown).contains("<folder> is empty");
        fails(ExitCode.USAGE, "sign", "", "--key", key("sec1-p256"), "--to", "a.sig");
        assertThat(shown).contains("<model> is empty");
        fails(ExitCode.USAGE, "sign", "model", "--key", "", "--to", "a.sig");
        assertThat(shown).contains("--key is empty");
        fails(ExitCode.USAGE, "signature", "verify", "model", "--key", key("sec1-p256.pub"), "--signature", "");
        assertThat(shown).contains("--signature is empty");
        fails(ExitCode.USAGE, "signature", "verify", "model", "--key", "", "--key", key("sec1-p256.pub"));
        assertThat(shown).contains("--key is empty");
        fails(ExitCode.USAGE, "sign", "model", "--key", key("sec1-p256"), "--to", "a.sig", "--merge");
        assertThat(shown).contains("--to writes the signature and proposes nothing.");
        fails(
                ExitCode.USAGE,
                "sign",
                "model",
                "--key",
                key("encrypted-p256"),
                "--to",
                "a.sig",
                "--passphrase-env",
                "A",
                "--passphrase-file",
                "b");
        assertThat(shown).contains("Leave one of them out.");
        fails(
                ExitCode.NOT_FOUND,
                "sign",
                "model",
                "--key",
                key("encrypted-p256"),
                "--to",
                "a.sig",
                "--passphrase-file",
                "nosuch");
        assertThat(shown).contains("first line is the passphrase");
        fails(ExitCode.NOT_FOUND, "sign", "wine/cultivar", "--key", key("sec1-p256"));
        assertThat(shown).contains("ns/name@version");
        fails(ExitCode.NOT_FOUND, "sign", "model", "--pkcs11", "nosuch.cfg", "--to", "a.sig");
        assertThat(shown).contains("nosuch.cfg is not a file.");
    }

    /** The core's EvidenceDocumentTest compares the same files with their schema. */
    @Test
    void answersProgramsToo() throws Exception {
        model();
        succeeds("sign", "model", "--key", key("sec1-p256"), "--to", "model/model.sig");
        succeeds("signature", "verify", "model", "--key", key("sec1-p256.pub"), "-o", "json");
        assertThat(data).isEqualTo(answer("good"));
        fails(ExitCode.INTEGRITY, "signature", "verify", "model", "--key", key("pkcs8-p384.pub"), "-o", "json");
        assertThat(data).isEqualTo(answer("refused"));
        Files.writeString(folder.resolve("broken.sig"), "{}");
        fails(
                ExitCode.INTEGRITY,
                "signature",
                "verify",
                "model",
                "--signature",
                "broken.sig",
                "--key",
                key("sec1-p256.pub"),
                "-o",
                "yaml");
        assertThat(data).isEqualTo("""
                format: modelgate.io/signature-verification/v1
                good: false
                problems: ["This is no signature of a model: 'mediaType' is missing."]
                """);
    }

    private static String answer(String name) throws IOException {
        return Files.readString(Path.of("src/test/resources/signature", name + ".json"));
    }

    @Test
    void readsNoListThatIsLongerThanAny() throws Exception {
        model();
        succeeds("sign", "model", "--key", key("sec1-p256"), "--to", "model/model.sig");
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large.crl").toFile(), "rw")) {
            large.setLength(50 << 20);
        }
        fails(ExitCode.USAGE, "signature", "verify", "model", "--root", key("sec1-p256.pub"), "--crl", "large.crl");
        assertThat(shown).contains("large.crl has more than 1 MiB.");
    }

    @Test
    void followsNoLinks() throws Exception {
        model();
        succeeds("sign", "model", "--key", key("sec1-p256"), "--to", "model.sig");
        Files.move(folder.resolve("model/b"), folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("model/b"), Path.of("../b"));
        fails(
                ExitCode.INTEGRITY,
                "signature",
                "verify",
                "model",
                "--key",
                key("sec1-p256.pub"),
                "--signature",
                "model.sig");
        assertThat(shown).contains("This is a link or a special file");
        fails(ExitCode.FINDINGS, "sign", "model", "--key", key("sec1-p256"), "--to", "again.sig");
    }

    @Test
    void asksForNoSecretAsAnArgument() throws Exception {
        model();
        fails(ExitCode.USAGE, "sign", "model", "--key", key("encrypted-p256"), "--to", "a.sig");
        assertThat(shown).contains("Give --passphrase-file or --passphrase-env.");
        Files.writeString(folder.resolve("secret"), "correct horse\n");
        succeeds("sign", "model", "--key", key("encrypted-p256"), "--passphrase-file", "secret", "--to", "a.sig");
        fails(ExitCode.CONFLICT, "sign", "model", "--key", key("sec1-p256"), "--to", "a.sig");
        Files.writeString(folder.resolve("secret"), "wrong staple\n");
        fails(
                ExitCode.USAGE,
                "sign",
                "model",
                "--key",
                key("encrypted-p256"),
                "--passphrase-file",
                "secret",
                "--to",
                "b.sig");
        assertThat(shown)
                .contains("the passphrase is wrong", "give its passphrase")
                .doesNotContain("staple");
        fails(
                ExitCode.USAGE,
                "sign",
                "model",
                "--key",
                key("encrypted-p256"),
                "--passphrase-env",
                "NOBODY",
                "--to",
                "b.sig");
        fails(ExitCode.USAGE, "sign", "model", "--key", key("sec1-p256"));
        assertThat(shown).contains("--to model.sig");
        fails(ExitCode.USAGE, "sign", "model", "--key", key("refused-rsa"), "--to", "b.sig");
        fails(ExitCode.USAGE, "signature", "verify", "model");
        assertThat(shown).contains("Give --key or --root.");
    }

    @Test
    void proposesWhatItSigned() throws Exception {
        register();
        succeeds("sign", VERSION, "--key", key("pkcs8-p384"), "--dry-run", "--as", "ann");
        assertThat(shown).contains("model.sig").doesNotContain("Signed ");
        succeeds("sign", VERSION, "--key", key("pkcs8-p384"), "--merge", "--as", "ann");
        assertThat(shown).contains("Add evidence to " + VERSION + ": model.sig: merged as");
        succeeds("signature", "verify", VERSION, "--key", key("pkcs8-p384.pub"));
        assertThat(data).contains("signed by key pkcs8-p384.pub.pem.");
    }

    @Test
    void signsAVersionThatAPolicyWantsSigned() throws Exception {
        register();
        fails(ExitCode.USAGE, "signature", "verify", VERSION);
        assertThat(shown).contains("No policy says whose signatures of " + VERSION + " count.");
        fails(ExitCode.NOT_FOUND, "signature", "verify", VERSION, "--key", key("sec1-p256.pub"));
        policy();
        fails(ExitCode.INTEGRITY, "signature", "verify", VERSION);
        assertThat(shown).contains("fail  signed/key for dev: not signed; asked is signed by the key release");
        fails(ExitCode.INTEGRITY, "signature", "verify", VERSION, "-o", "json");
        assertThat(data).isEqualTo(answer("by-policy"));
        assertThat(shown).contains("[signed/key] The version is not signed.");
        fails(ExitCode.FINDINGS, "promote", VERSION, "--to", "dev", "--merge", "--as", "ann");
        assertThat(shown).contains("The version is not signed.", "refused, nothing was proposed.");
        assertThat(shown + data).doesNotContain("to mend; 'modelgate verify'");
        fails(ExitCode.FINDINGS, "sign", VERSION, "--key", key("pkcs8-p384"), "--as", "ann");
        assertThat(shown + data)
                .contains("[signed/key] It says that it is by a key with the hint")
                .doesNotContain("Signed ");
        succeeds("sign", VERSION, "--key", key("sec1-p256"), "--to", "made-elsewhere.sig");
        fails(
                ExitCode.INTEGRITY,
                "signature",
                "add",
                VERSION,
                KEYS.resolve("../minimal.sig").toString(),
                "--as",
                "ann");
        assertThat(shown).contains("This signature is about other files");
        succeeds("signature", "add", VERSION, "made-elsewhere.sig", "--merge", "--as", "ann");
        assertThat(shown).contains("Add evidence to " + VERSION + ": model.sig: merged as");
        fails(ExitCode.CONFLICT, "signature", "add", VERSION, "made-elsewhere.sig", "--as", "ann");
        fails(ExitCode.CONFLICT, "sign", VERSION, "--key", key("pkcs8-p384"), "--as", "ann");
        assertThat(shown).contains(VERSION + " has a signature already.");
        succeeds("signature", "verify", VERSION);
        assertThat(data)
                .isEqualTo("ok    signed/key for dev: signed by key release; asked is signed by the key release\n");
        fails(ExitCode.INTEGRITY, "signature", "verify", VERSION, "--key", key("pkcs8-p384.pub"));
        assertThat(shown).contains("A version keeps its signature: register the same files as a new version");
        succeeds("signature", "verify", VERSION, "-o", "json");
        assertThat(data)
                .contains("\"version\" : \"" + VERSION, "\"artifacts\" : \"sha256:", "\"hint\" : \"5ecf2f35b552");
        fails(ExitCode.USAGE, "signature", "verify", VERSION, "--stage", "uat");
        assertThat(shown).contains("No policy says whose signatures");
        fails(ExitCode.NOT_FOUND, "signature", "verify", VERSION, "--stage", "nowhere");
        succeeds("signature", "verify", VERSION, "--stage", "dev");
        succeeds("show", VERSION);
        assertThat(data).contains("says that it is by a key with the hint 5ecf2f35b552");
        succeeds("evidence", "show", VERSION);
        assertThat(data).contains("signature:\n", "method: key", "hint: 5ecf2f35b552");
        succeeds("promote", VERSION, "--to", "dev", "--merge", "--as", "ann");
        succeeds("pull", VERSION, "--to", "serving", "--signature", "kept.sig");
        succeeds("signature", "verify", "serving", "--signature", "kept.sig", "--key", key("sec1-p256.pub"));
        succeeds("sign", VERSION, "--key", key("pkcs8-p384"), "--to", "version.sig", "--as", "ann");
        succeeds("signature", "verify", "serving", "--signature", "version.sig", "--key", key("pkcs8-p384.pub"));
    }

    /** Manifest and signature have more bytes than any other document may have. */
    @Test
    void signsAVersionOfTenThousandFiles() throws Exception {
        init();
        Path shards = Files.createDirectory(folder.resolve("output/model/shards"));
        for (int i = 0; i < 10_000; i++) {
            Files.writeString(shards.resolve("part-%05d-of-10000.json".formatted(i)), "{\"part\": " + i + "}");
        }
        succeeds("register", VERSION, "output", "--merge", "--as", "ann");
        policy();
        succeeds("sign", VERSION, "--key", key("sec1-p256"), "--merge", "--as", "ann");
        assertThat(shown).contains("Signed 10002 files");
        succeeds("signature", "verify", VERSION);
        assertThat(data).startsWith("ok    signed/key for dev: signed by key release");
        succeeds("promote", VERSION, "--to", "dev", "--merge", "--as", "ann");
        succeeds("sign", VERSION, "--key", key("sec1-p256"), "--to", "large.sig");
        assertThat(Files.size(folder.resolve("large.sig"))).isGreaterThan(1 << 20);
    }

    @Test
    void looksForNoPathThatNoFileCanHave() throws Exception {
        model();
        SignedFiles files = SignedFiles.of("m", List.of(new FileDigest("b", Digest.of("two"), 3)))
                .without(Set.of("sub", "a\u0000b", "../../etc", "/etc/passwd"));
        Signer signer = Signer.ofPem(Files.readString(KEYS.resolve("sec1-p256.pem")), () -> new char[0]);
        Files.write(folder.resolve("odd.sig"), signer.sign(files, "odd.sig").bytes());
        succeeds("signature", "verify", "model", "--signature", "odd.sig", "--key", key("sec1-p256.pub"));
        assertThat(shown).contains("The signer left out: sub.");
    }

    private void register() throws Exception {
        init();
        succeeds("register", VERSION, "output", "--merge", "--as", "ann");
    }

    private void init() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
    }

    /** A policy, merged. */
    private void policy() throws Exception {
        git("clone", "-q", "registry.git", "work");
        delete(folder.resolve("work/.git"));
        String pem = Files.readString(KEYS.resolve("sec1-p256.pub.pem")).replace("\n", "\\n");
        Files.createDirectories(folder.resolve("work/policies"));
        Files.writeString(folder.resolve("work/policies/signed.yaml"), """
                apiVersion: modelgate.io/v1
                kind: Policy
                name: signed
                appliesTo: {stages: [dev]}
                rules:
                  - {id: key, rationale: Only what the release team signed., signature: {keys: [{id: release, publicKey: "%s"}]}}
                """.formatted(pem));
        fails(ExitCode.PENDING, "propose", "work", "--title", "Want signatures", "--as", "ann");
        succeeds("review", "2", "--approve", "--as", "ben");
        succeeds("merge", "2", "--as", "ann");
    }

    private void model() throws Exception {
        Files.createDirectories(folder.resolve("model/sub"));
        Files.writeString(folder.resolve("model/sub/a"), "one");
        Files.writeString(folder.resolve("model/b"), "two");
    }

    private static String key(String name) {
        return KEYS.resolve(name + ".pem").toString();
    }
}
