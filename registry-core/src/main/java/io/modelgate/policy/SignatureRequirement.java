package io.modelgate.policy;

import io.modelgate.finding.Place;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.RegistryPath;
import java.util.List;
import java.util.Optional;

/**
 * The version is signed with one of these keys.
 *
 * @param keys SHA-256 digests of public keys
 */
record SignatureRequirement(List<Digest> keys) implements Requirement {
    SignatureRequirement {
        keys = List.copyOf(keys);
    }

    static Optional<SignatureRequirement> of(Fields fields) {
        List<Digest> keys = fields.parsedList("keys", Digest::parse);
        if (keys.isEmpty()) {
            fields.refuse("keys", "The rule names no key.", "Write the digests of the public keys that are trusted.");
            return Optional.empty();
        }
        return Optional.of(new SignatureRequirement(keys));
    }

    @Override
    public String title() {
        return "signature";
    }

    @Override
    public List<String> details() {
        return keys.stream().map(Digest::toString).toList();
    }

    @Override
    public List<Doubt> doubts(LintContext context) {
        return List.of(new Doubt(
                "never-passes",
                "can never pass: signatures cannot be checked yet.",
                "Take it out until they can, or let it only warn."));
    }

    @Override
    public String bound() {
        return "signed by one of " + keys.size() + (keys.size() == 1 ? " key" : " keys");
    }

    @Override
    public Judgement judge(JudgeContext context) {
        Place place = Place.file(RegistryPath.directory(context.evidence().id()) + "/model.sig");
        SignatureCheck.Answer answer = context.around().signatures().of(context.evidence());
        Optional<Digest> good = keys.stream().filter(answer.keys()::contains).findFirst();
        if (good.isPresent()) {
            return Judgement.pass("signed by " + good.get().abbreviated(), bound(), place);
        }
        return Judgement.fail(
                answer.keys().isEmpty() ? "not signed" : "signed by others",
                bound(),
                place,
                "No trusted key signed the version" + (answer.why().isEmpty() ? "" : ": " + answer.why()) + ".",
                "Sign it with one of the keys that the policy names.");
    }
}
