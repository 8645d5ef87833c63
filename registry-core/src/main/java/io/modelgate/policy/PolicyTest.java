package io.modelgate.policy;

import io.modelgate.evidence.Card;
import io.modelgate.evidence.Evaluation;
import io.modelgate.evidence.Evidence;
import io.modelgate.evidence.FairnessReport;
import io.modelgate.evidence.StageHistory;
import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Documents;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Kind;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RiskTier;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Evidence, and what a policy must say about it.
 *
 * @param name its name
 * @param policy the policy that is tested
 * @param stage the stage that the version is to enter
 * @param evidence what is known about the version
 * @param expected what the rules must say
 */
public record PolicyTest(String name, String policy, Stage stage, Evidence evidence, List<Expectation> expected) {
    public PolicyTest {
        expected = List.copyOf(expected);
    }

    /** What one rule must say. */
    public record Expectation(String rule, Outcome result, Place place) {
        static Optional<Expectation> of(Fields fields) {
            String rule = fields.text("rule");
            return fields.parsed("result", Outcome::parse).map(result -> new Expectation(rule, result, fields.place()));
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
        Optional<Model> model = model(fields.child("model"));
        List<Expectation> expected = fields.children("expect").stream()
                .flatMap(each -> Expectation.of(each).stream())
                .toList();
        Fields given = fields.child("evidence");
        List<Finding> findings = new ArrayList<>();
        PolicyTestEvidence evidence = new PolicyTestEvidence(given, path, findings);
        ModelName of = model.map(Model::name).orElse(PolicyTestEvidence.SOME_MODEL);
        ModelVersion version = evidence.version(of);
        List<Evaluation> evaluations = evidence.evaluations(version);
        List<FairnessReport> fairness = evidence.fairness(version);
        Optional<Card> card = evidence.card();
        return fields.build(() -> new PolicyTest(
                        name,
                        policy,
                        stage.orElseThrow(),
                        new Evidence(
                                model.orElseThrow(),
                                version,
                                version.toFile().digest(),
                                card,
                                evaluations,
                                fairness,
                                Optional.empty()),
                        expected))
                .then(test -> Checked.of(test, findings));
    }

    private static Optional<Model> model(Fields fields) {
        Optional<ModelName> name = fields.parsed("name", ModelName::parse);
        RiskTier tier = fields.optionalParsed("riskTier", RiskTier::parse).orElse(RiskTier.HIGH);
        return name.map(present -> new Model(
                present,
                "policy test",
                List.of(new UserId("somebody")),
                "policy test",
                tier,
                Optional.empty(),
                fields.textMap("labels")));
    }

    /** Judges the evidence and compares; findings for every expectation that does not hold. */
    public List<Finding> run(Policies policies, RegistryConfig registry, Instant now) {
        Place place = Place.file("policies/tests/" + name + ".yaml");
        Optional<Policy> tested = policies.policy(policy);
        if (tested.isEmpty()) {
            return List.of(Finding.block(
                    "policy/test",
                    place,
                    "There is no policy " + policy + " to test.",
                    "Name a policy that is there."));
        }
        UserId nobody = new UserId("nobody");
        JudgeContext context = new JudgeContext(
                evidence,
                Optional.empty(),
                stage,
                now,
                new JudgeContext.ReviewState(
                        new CommitId("0".repeat(40)), new Participants(nobody, Set.of(), Optional.empty()), List.of()),
                registry,
                StageHistory.NONE);
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
        return result.outcome() == expectation.result()
                ? Optional.empty()
                : Optional.of(Finding.block(
                        "policy/test",
                        expectation.place(),
                        result.id() + " says " + result.outcome().word() + ", expected was "
                                + expectation.result().word() + "."
                                + result.findings().stream()
                                        .findFirst()
                                        .map(found -> " It says: " + found.message())
                                        .orElse(""),
                        "Mend the policy, or the expectation."));
    }
}
