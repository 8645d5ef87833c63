package io.modelgate.policy;

import io.modelgate.evidence.Evidence;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.Documents;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Kind;
import io.modelgate.manifest.MappingBuilder;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.RiskTier;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.Suggestion;
import io.modelgate.manifest.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evidence, and what a policy must say about it.
 *
 * @param name its name
 * @param policy the policy that is tested
 * @param stage the stage that the version is to enter
 * @param evidence what is known about the version
 * @param incumbent what is known about the version that is in the stage now
 * @param circumstances when and by whom it is promoted
 * @param expected what the rules must say
 */
public record PolicyTest(
        String name,
        String policy,
        Stage stage,
        Evidence evidence,
        Optional<Evidence> incumbent,
        Circumstances circumstances,
        List<Expectation> expected) {
    public PolicyTest {
        expected = List.copyOf(expected);
    }

    /**
     * What one rule must say.
     *
     * @param rule id of the rule
     * @param result how it must end
     * @param says words that one of its findings must contain
     * @param place where the expectation stands
     */
    public record Expectation(String rule, Outcome result, Optional<String> says, Place place) {
        static Optional<Expectation> of(Fields fields) {
            String rule = fields.text("rule");
            Optional<String> says = fields.optionalText("says");
            return fields.parsed("result", Outcome::parse)
                    .map(result -> new Expectation(rule, result, says, fields.place()));
        }

        private boolean holdsFor(RuleResult actual) {
            return actual.outcome() == result
                    && (says.isEmpty()
                            || actual.findings().stream()
                                    .anyMatch(finding -> finding.message().contains(says.get())));
        }
    }

    /** Reads and checks a test. */
    public static Checked<PolicyTest> read(SourceFile file) {
        return Documents.read(Kind.POLICY_TEST, file).then(root -> of(root, file.path()));
    }

    private static Checked<PolicyTest> of(Node.Mapping root, String path) {
        Fields fields = Fields.of(root);
        String name = fields.text("name");
        String policy = fields.text("policy");
        Optional<Stage> stage = fields.parsed("stage", Stage::new);
        Model model = fields.optionalChild("model")
                .map(PolicyTest::model)
                .orElseGet(() -> model(Fields.of(new MappingBuilder().build())));
        List<Expectation> expected = fields.children("expect").stream()
                .flatMap(each -> Expectation.of(each).stream())
                .toList();
        Circumstances circumstances =
                fields.optionalChild("circumstances").map(Circumstances::of).orElse(Circumstances.NONE);
        List<Finding> findings = new ArrayList<>();
        Fields given = fields.child("evidence");
        Optional<Fields> before = fields.optionalChild("incumbent");
        return fields.build(() -> new PolicyTest(
                        name,
                        policy,
                        stage.orElseThrow(),
                        new PolicyTestEvidence("evidence", given, path, findings).of(model),
                        before.map(each -> new PolicyTestEvidence("incumbent", each, path, findings).of(model)),
                        circumstances,
                        expected))
                .then(test -> Checked.of(test, findings));
    }

    private static Model model(Fields fields) {
        return new Model(
                fields.optionalParsed("name", ModelName::parse).orElse(PolicyTestEvidence.SOME_MODEL),
                "policy test",
                List.of(new UserId("somebody")),
                "policy test",
                fields.optionalParsed("riskTier", RiskTier::parse).orElse(RiskTier.HIGH),
                fields.optionalText("licence"),
                fields.textMap("labels"));
    }

    /** Judges the evidence and compares; findings for every expectation that does not hold. */
    public List<Finding> run(Policies policies, Written written, RegistryConfig registry, Instant now) {
        RegistryPath file = new RegistryPath.PolicyTestFile(name);
        Optional<Policy> tested = policies.policy(policy);
        if (tested.isEmpty()) {
            return List.of(Finding.block(
                    "policy/test",
                    written.place(file, "policy"),
                    "There is no policy " + policy + " to test"
                            + Suggestion.nearest(
                                            policy,
                                            policies.policies().stream()
                                                    .map(Policy::name)
                                                    .toList())
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("."),
                    "Name a policy that is there."));
        }
        if (!tested.get().appliesTo().matches(stage, evidence.model())) {
            return List.of(Finding.block(
                    "policy/test",
                    written.place(file, "stage"),
                    registry.has(stage)
                            ? "The policy " + policy + " does not apply to "
                                    + evidence.model().name() + " in " + stage
                                    + ", so that none of its rules is asked there."
                            : "There is no stage " + stage + ".",
                    "Test it in a stage and on a model that its 'appliesTo' names."));
        }
        JudgeContext context = new JudgeContext(
                evidence,
                incumbent.map(Checked::of),
                stage,
                new JudgeContext.Occasion(circumstances.now().orElse(now), circumstances.reason()),
                circumstances.review(),
                registry,
                circumstances.around(evidence));
        RuleJudge judge = new RuleJudge(policies.waivers(), context);
        return expected.stream()
                .flatMap(each -> check(each, tested.get(), judge).stream())
                .toList();
    }

    private static Optional<Finding> check(Expectation expectation, Policy tested, RuleJudge judge) {
        Optional<Rule> rule = tested.rule(expectation.rule());
        if (rule.isEmpty()) {
            return Optional.of(Finding.block(
                    "policy/test",
                    expectation.place(),
                    "The policy " + tested.name() + " has no rule " + expectation.rule() + ".",
                    "Name a rule that is there."));
        }
        RuleResult result = judge.judge(tested, rule.get());
        return expectation.holdsFor(result)
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "policy/test",
                        expectation.place(),
                        result.id() + " says " + result.outcome().word() + ", expected was "
                                + expectation.result().word()
                                + expectation
                                        .says()
                                        .map(words -> " with '" + words + "'")
                                        .orElse("") + "."
                                + result.findings().stream()
                                        .findFirst()
                                        .map(found -> " It says: " + found.message())
                                        .orElse(""),
                        "Mend the policy, or the expectation."));
    }
}
