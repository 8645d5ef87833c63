package io.modelgate.cli;

import io.modelgate.catalog.Resolved;
import io.modelgate.finding.Finding;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.Stage;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import io.modelgate.policy.SignatureCheck;
import io.modelgate.signature.SignatureBundle;
import java.util.List;
import java.util.Optional;

/**
 * What verifying a signature came to, for programs: {@code signature-verification.schema.json}.
 *
 * @param version of which version of a registry, where it is one
 * @param signedBy who signed it, where a trusted key or certificate did
 * @param bundle what was signed, where that could be read
 * @param rules what each rule of the policies says; none where keys were named instead
 * @param leftOut what of a folder its signer left out
 * @param problems why it is not good
 */
record SignatureAnswer(
        Optional<Resolved> version,
        Optional<String> signedBy,
        Optional<SignatureBundle> bundle,
        List<SignatureCheck> rules,
        List<String> leftOut,
        List<Finding> problems) {
    SignatureAnswer {
        rules = List.copyOf(rules);
        leftOut = List.copyOf(leftOut);
        problems = List.copyOf(problems);
    }

    /** Said by the rules alone where there are some: one that passes may still have something to say. */
    boolean good() {
        return rules.isEmpty()
                ? signedBy.isPresent()
                : rules.stream().allMatch(check -> check.rule().outcome() == Outcome.PASS);
    }

    Node.Mapping toNode() {
        MappingBuilder document = new MappingBuilder()
                .text("format", "modelgate.io/signature-verification/v1")
                .bool("good", good())
                .text("version", version.map(Resolved::version))
                .text("artifacts", version.map(each -> each.manifest().rootDigest()))
                .text("signedBy", signedBy);
        bundle.ifPresent(read -> document.put("signature", read.toNode()));
        return document.list("rules", rules.stream().map(SignatureAnswer::rule).toList())
                .texts("leftOut", leftOut)
                .texts("problems", problems.stream().map(Finding::message).toList())
                .build();
    }

    private static Node rule(SignatureCheck check) {
        RuleResult rule = check.rule();
        return new MappingBuilder()
                .text("id", rule.id())
                .texts("stages", check.stages().stream().map(Stage::name).toList())
                .bool("passed", rule.outcome() == Outcome.PASS)
                .text("found", rule.line().value())
                .text("asked", rule.line().bound())
                .build();
    }
}
