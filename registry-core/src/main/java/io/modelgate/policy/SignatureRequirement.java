package io.modelgate.policy;

import io.modelgate.evidence.Evidence;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.signature.SignatureBundle;
import io.modelgate.signature.Trust;
import java.util.List;
import java.util.Optional;

/**
 * The version is signed by somebody who is trusted.
 *
 * @param trust whose signatures count
 */
public record SignatureRequirement(Trust trust) implements Requirement {
    static Optional<SignatureRequirement> of(Fields fields) {
        return TrustReader.read(fields).map(SignatureRequirement::new);
    }

    @Override
    public String title() {
        return "signature";
    }

    @Override
    public List<String> details() {
        return SignatureDoubts.details(trust);
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        return SignatureDoubts.of(trust, context.now());
    }

    @Override
    public String bound() {
        int keys = trust.keys().size();
        String byKey = keys == 0
                ? ""
                : "by " + (keys == 1 ? "the key " + trust.keys().get(0).id() : "one of " + keys + " keys");
        String byCertificate = trust.authority().isEmpty() ? "" : "with a trusted certificate";
        return "signed " + byKey + (byKey.isEmpty() || byCertificate.isEmpty() ? "" : " or ") + byCertificate;
    }

    @Override
    public Judgement judge(JudgeContext context) {
        Evidence evidence = context.evidence();
        Place place = Place.file(new RegistryPath.SignatureFile(evidence.id()).path());
        Optional<Checked<SignatureBundle>> signature = evidence.signature();
        if (signature.isEmpty()) {
            return Judgement.fail(
                    "not signed",
                    bound(),
                    place,
                    "The version is not signed.",
                    "Sign it: 'modelgate sign " + evidence.id() + "'.");
        }
        if (!signature.get().ok()) {
            Finding wrong = signature.get().findings().get(0);
            return Judgement.fail("no signature of it", bound(), wrong.place(), wrong.message(), wrong.remedy());
        }
        Trust.Answer answer = trust.check(signature.get().get(), context.now());
        if (answer instanceof Trust.Answer.Refused refused) {
            return Judgement.fail("not trusted", bound(), place, refused.message(), refused.remedyOfVersion());
        }
        return Judgement.pass("signed by " + ((Trust.Answer.Signed) answer).who(), bound(), place);
    }
}
