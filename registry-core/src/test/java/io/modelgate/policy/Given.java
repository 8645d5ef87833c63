package io.modelgate.policy;

import io.modelgate.finding.Checked;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What tests of policies start from, written as a user writes it. */
final class Given {
    static final Path RESOURCES = Path.of("src/test/resources/policy");
    static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    static final Stage UAT = new Stage("uat");
    static final Stage PROD = new Stage("prod");
    static final CommitId HEAD = new CommitId("1".repeat(40));
    static final SourceFile REGISTRY_FILE = SourceFile.of("registry.yaml", """
                    apiVersion: modelgate.io/v1
                    kind: Registry
                    name: test
                    stages: [uat, prod]
                    roles: {model-risk: [rita, ruth]}
                    people: [{id: robot, bot: true}]
                    stores:
                      - {name: main, url: "file:artifacts"}
                    """);
    static final RegistryConfig REGISTRY = RegistryConfig.read(REGISTRY_FILE).get();
    static final Model MODEL = model("credit/default-risk", "high", "{team: risk}");

    private Given() {}

    static SourceFile modelFile(String name, String tier, String labels) {
        return SourceFile.of("models/" + name + "/model.yaml", """
                apiVersion: modelgate.io/v1
                kind: Model
                name: %s
                description: A model.
                owners: [alice]
                purpose: Tests.
                riskTier: %s
                labels: %s
                """.formatted(name, tier, labels));
    }

    static Model model(String name, String tier, String labels) {
        return Model.read(modelFile(name, tier, labels)).get();
    }

    /** {@code policies/p.yaml} with these lines of rules, each without the dash and with {@code id} and what it asks for. */
    static SourceFile policyFile(String appliesTo, String... rules) {
        StringBuilder text = new StringBuilder("""
                apiVersion: modelgate.io/v1
                kind: Policy
                name: p
                appliesTo: %s
                rules:
                """.formatted(appliesTo));
        Arrays.stream(rules)
                .forEach(rule -> text.append("  - {rationale: r, ").append(rule).append("}\n"));
        return SourceFile.of("policies/p.yaml", text.toString());
    }

    static Policy policy(String... rules) {
        return Policy.read(policyFile("{stages: [prod]}", rules)).get();
    }

    static Policies policies(Policy policy, Waiver... waivers) {
        return new Policies(List.of(policy), List.of(waivers), Digest.of("test"));
    }

    static SourceFile waiverFile(String id, String rest) {
        return SourceFile.of("waivers/" + id + ".yaml", """
                apiVersion: modelgate.io/v1
                kind: Waiver
                id: %s
                policy: p
                reason: The data comes in spring.
                approvedBy: [rita, ruth]
                %s
                """.formatted(id, rest.strip()));
    }

    static Waiver waiver(String rule, String model, String stage, String expires) {
        return Waiver.read(waiverFile(
                        "w",
                        "rule: %s\nmodel: %s\nstage: %s\nexpires: \"%s\"\n".formatted(rule, model, stage, expires)))
                .get();
    }

    static Review approval(String user) {
        return new Review(new UserId(user), Review.State.APPROVED, HEAD);
    }

    static Review rejection(String user) {
        return new Review(new UserId(user), Review.State.CHANGES_REQUESTED, HEAD);
    }

    /** A proposal of alice, to which bob has committed and which carol pushed. */
    static JudgeContext.ReviewState reviewed(Review... reviews) {
        return new JudgeContext.ReviewState(
                HEAD,
                new Participants(new UserId("alice"), Set.of(new UserId("bob")), Optional.of(new UserId("carol"))),
                List.of(reviews));
    }

    /** What is known of a version, as a policy test says it, judged in {@code prod}. */
    static JudgeContext context(String evidence) {
        PolicyTest test = test("evidence: " + evidence);
        return new JudgeContext(
                test.evidence(),
                Optional.empty(),
                PROD,
                new JudgeContext.Occasion(NOW, test.circumstances().reason()),
                reviewed(),
                REGISTRY,
                test.circumstances().around(test.evidence()));
    }

    private static PolicyTest test(String rest) {
        return PolicyTest.read(SourceFile.of("policies/tests/t.yaml", """
                apiVersion: modelgate.io/v1
                kind: PolicyTest
                name: t
                policy: p
                stage: prod
                expect: [{rule: a, result: pass}]
                %s
                """.formatted(rest)))
                .get();
    }

    static Policy policyIn(Path folder) {
        return Policy.read(file("policies/" + folder.getFileName() + ".yaml", folder.resolve("policy.yaml")))
                .get();
    }

    static PolicyTest testIn(Path file) {
        Checked<PolicyTest> test = PolicyTest.read(file("policies/tests/" + file.getFileName(), file));
        return test.get();
    }

    private static SourceFile file(String path, Path file) {
        try {
            return SourceFile.of(path, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These files in a real repository. */
    static Snapshot snapshot(Path folder, SourceFile... files) {
        RegistryRepository repository = Repositories.init(folder.resolve("registry.git"), "main");
        return repository.edit(repository.empty(), TreeEdit.of(List.of(files)));
    }
}
