package io.modelgate.gate;

import static io.modelgate.gate.Documents.id;
import static io.modelgate.gate.GateRegistry.blocks;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Finding;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.StagePointer.Reason;
import io.modelgate.manifest.VersionId;
import io.modelgate.signature.SignedFiles;
import io.modelgate.signature.Signer;
import io.modelgate.store.FileDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.Test;

/** A signature is evidence of one version, and trusted by the policies of the target branch alone. */
class SignedVersionTest extends HostileProposals {
    private static final Path KEYS = Path.of("src/test/resources/signature/keys");
    private static final String SIGNED = """
            apiVersion: modelgate.io/v1
            kind: Policy
            name: signed
            appliesTo: {stages: [prod]}
            rules:
              - id: key
                rationale: Only what the release team signed.
                signature:
                  keys: [{id: %s, publicKey: "%s"}]
            """;

    @Test
    void takesASignatureOfTheVersion() throws IOException {
        CommitId head = registry.commit(signature("sec1-p256", id("1.1.0"), id("1.1.0")));
        Verdict verdict = registry.judge(head);
        assertThat(verdict.kind()).isEqualTo("evidence");
        assertThat(verdict.outcome()).as(verdict.findings().toString()).isEqualTo(Verdict.Outcome.PASS);
    }

    @Test
    void refusesASignatureOfAnotherVersionAtOnce() throws IOException {
        CommitId head = registry.commit(signature("sec1-p256", id("1.0.0"), id("1.1.0")));
        refuses(head, "signature/files");
        assertThat(registry.judge(head).findings())
                .filteredOn(Finding::blocks)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place().path()).isEqualTo(path(id("1.1.0")));
                    assertThat(finding.message()).contains("model.onnx was signed with other bytes");
                });
    }

    @Test
    void refusesABrokenSignatureAtOnce() throws IOException {
        refuses(registry.commit(SourceFile.of(path(id("1.1.0")), "{}")), "signature/bundle");
        SourceFile good = signature("sec1-p256", id("1.1.0"), id("1.1.0"));
        String twice = good.text().replace("\"keyid\"", "\"sig\":\"AAAA\",\"keyid\"");
        refuses(registry.commit(SourceFile.of(path(id("1.1.0")), twice)), "signature/bundle");
        refuses(raw(path(id("1.1.0")), FileMode.SYMLINK, "version.yaml"), "gate/mode");
    }

    /** A signature is longer than the manifest whose files it names; other documents are not. */
    @Test
    void bearsASignatureOfManyFiles() throws IOException {
        SourceFile good = signature("sec1-p256", id("1.1.0"), id("1.1.0"));
        CommitId large = registry.commit(SourceFile.of(good.path(), good.text() + " ".repeat(15 << 20)));
        assertThat(registry.judge(large).outcome()).isEqualTo(Verdict.Outcome.PASS);
        refuses(registry.commit(SourceFile.of(good.path(), good.text() + " ".repeat(16 << 20))), "gate/size");
    }

    @Test
    void hidesNoFileBehindThePathsThatASignerLeftOut() throws IOException {
        SignedFiles other = SignedFiles.of("m", List.of(new FileDigest("other.onnx", Digest.of("x"), 1)));
        SourceFile signature = signer("sec1-p256").sign(other.without(Set.of("model.onnx")), path(id("1.1.0")));
        CommitId head = registry.commit(signature);
        refuses(head, "signature/files");
        assertThat(registry.judge(head).findings())
                .extracting(Finding::message)
                .anySatisfy(each -> assertThat(each).contains("model.onnx is not signed: its signer left it out"));
    }

    @Test
    void letsNobodyReplaceASignature() throws IOException {
        registry.merge(signature("sec1-p256", id("1.1.0"), id("1.1.0")));
        refuses(registry.commit(signature("pkcs8-p384", id("1.1.0"), id("1.1.0"))), "gate/add-only");
        refuses(registry.commitWithout(path(id("1.1.0"))), "gate/add-only");
    }

    @Test
    void promotesWhatATrustedKeySigned() throws IOException {
        registry.merge(policy("release", "sec1-p256"));
        refuses(promotion(), "signed/key");
        registry.merge(signature("sec1-p256", id("1.1.0"), id("1.1.0")));
        Verdict verdict = registry.approved(promotion(), "bob");
        assertThat(verdict.outcome()).as(verdict.findings().toString()).isEqualTo(Verdict.Outcome.PASS);
        assertThat(registry.approved(promotion(), "bob").findings()).isEqualTo(verdict.findings());
    }

    @Test
    void promotesNothingThatAnotherKeySigned() throws IOException {
        registry.merge(policy("release", "pkcs8-p384"), signature("sec1-p256", id("1.1.0"), id("1.1.0")));
        refuses(promotion(), "signed/key");
    }

    @Test
    void letsNobodyTakeThePlaceOfTheRightSignature() throws IOException {
        registry.merge(policy("release", "pkcs8-p384"));
        refuses(registry.commit(signature("sec1-p256", id("1.1.0"), id("1.1.0"))), "gate/signature");
        CommitId right = registry.commit(signature("pkcs8-p384", id("1.1.0"), id("1.1.0")));
        assertThat(registry.judge(right).outcome()).isEqualTo(Verdict.Outcome.PASS);
    }

    @Test
    void saysOfEveryRuleWhyItTrustsNoSignature() throws IOException {
        SourceFile one = policy("release", "pkcs8-p384");
        registry.merge(one, Documents.policy(one.text().replace("name: signed", "name: other")));
        Verdict verdict = registry.judge(registry.commit(signature("sec1-p256", id("1.1.0"), id("1.1.0"))));
        assertThat(verdict.findings())
                .filteredOn(each -> each.rule().equals("gate/signature"))
                .singleElement()
                .satisfies(each -> assertThat(each.message())
                        .contains("[signed/key] It says that it is by", "[other/key] It says that it is by"));
        assertThat(verdict.next()).anyMatch(step -> step.contains("to mend"));
        assertThat(verdict.unproposed().next()).noneMatch(step -> step.contains("to mend"));
    }

    @Test
    void trustsNoKeyThatAProposalBrings() throws IOException {
        registry.merge(policy("release", "pkcs8-p384"), signature("sec1-p256", id("1.1.0"), id("1.1.0")));
        CommitId head = registry.commit(policy("release", "sec1-p256"), registry.next("1.1.0", "prod", Reason.PROMOTE));
        assertThat(blocks(registry.approved(head, "bob", "carol", "dora"))).contains("gate/mixed");
    }

    private CommitId promotion() {
        return registry.commit(registry.next("1.1.0", "prod", Reason.PROMOTE));
    }

    private static SourceFile policy(String id, String key) throws IOException {
        String pem = Files.readString(KEYS.resolve(key + ".pub.pem"));
        return Documents.policy(SIGNED.formatted(id, pem.replace("\n", "\\n")));
    }

    private static SourceFile signature(String key, VersionId signed, VersionId put) throws IOException {
        List<FileDigest> files = Documents.version(signed).artifacts().stream()
                .map(FileDigest::of)
                .toList();
        return signer(key).sign(SignedFiles.of(signed.toString(), files), path(put));
    }

    private static Signer signer(String key) throws IOException {
        return Signer.ofPem(Files.readString(KEYS.resolve(key + ".pem")), () -> new char[0]);
    }

    private static String path(VersionId version) {
        return new RegistryPath.SignatureFile(version).path();
    }
}
