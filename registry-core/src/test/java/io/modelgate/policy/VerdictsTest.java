package io.modelgate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.modelgate.evidence.Card;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Severity;
import io.modelgate.format.Examined;
import io.modelgate.format.Format;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RootDigest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bytes, signatures, waivers and severities make of a judgement: what policy tests cannot suppose. */
class VerdictsTest {
    private static final Digest KEY = Digest.of("our key");
    private static final Digest OTHER = Digest.of("another key");

    @Test
    void deniesAFileOfAHarmlessFormatThatCanRunCode() {
        assertThat(formats(new Examined(Format.KERAS, true, Optional.of("lambda"), List.of(), List.of())))
                .containsExactly(
                        "model is Keras, and loading it can run code (it calls lambda), which the policy does not allow.");
        assertThat(formats(new Examined(Format.KERAS, true, Optional.empty(), List.of(), List.of())))
                .containsExactly("model is Keras, and loading it can run code, which the policy does not allow.");
        assertThat(formats(new Examined(Format.KERAS, false, Optional.empty(), List.of(), List.of())))
                .isEmpty();
    }

    @Test
    void deniesADamagedFile() {
        assertThat(formats(new Examined(
                        Format.ONNX, false, Optional.empty(), List.of("it ends early.", "it is odd."), List.of())))
                .containsExactly("model is damaged: it ends early.", "model is damaged: it is odd.");
    }

    @Test
    void deniesAFileThatNeedsOneThatIsNotPinned() {
        assertThat(formats(
                        new Examined(Format.ONNX, false, Optional.empty(), List.of(), List.of("weights.bin", "model"))))
                .containsExactly("model needs weights.bin, which is no artifact of this version.");
    }

    @Test
    void looksForWhatAFileNeedsInItsOwnFolder() {
        String artifact = "{path: %s, digest: \"" + KEY + "\", size: 1}";
        Digest root = RootDigest.of(List.of(
                new Artifact("a/graph", KEY, 1, Optional.empty()),
                new Artifact("a/weights", KEY, 1, Optional.empty())));
        JudgeContext context = Given.context("{manifest: {digest: \"" + root + "\", artifacts: ["
                + artifact.formatted("a/graph") + ", " + artifact.formatted("a/weights") + "]}}");
        Examined graph =
                new Examined(Format.ONNX, false, Optional.empty(), List.of(), List.of("weights", "a/weights", "graph"));
        Examined weights = new Examined(Format.ONNX, false, Optional.empty(), List.of(), List.of());
        assertThat(judge("formats: {allow: [onnx]}", with(context, version -> List.of(graph, weights)))
                        .findings())
                .extracting(Finding::message)
                .containsExactly("a/graph needs a/weights, which is no artifact of this version.");
    }

    @Test
    void countsNoExplanationInWhoseFileThereIsNothingToRead() {
        JudgeContext context = Given.context("""
                {manifest: {artifacts: [{path: a.json, digest: "%s", size: 99}, {path: model, digest: "%s", size: 1}],
                explainability: [{scope: global, method: shap, about: "%s", dataset: d, units: auc, file: a.json}]}}""".formatted(KEY, OTHER, OTHER).replace("\n", " "));
        Examined empty = new Examined(Format.JSON, false, Optional.empty(), List.of(), List.of(), true);
        Examined telling = new Examined(Format.JSON, false, Optional.empty(), List.of(), List.of(), false);
        Examined model = new Examined(Format.ONNX, false, Optional.empty(), List.of(), List.of());
        String rule = "explainability: {global: 1}";
        assertThat(judge(rule, with(context, version -> List.of(telling, model)))
                        .outcome())
                .isEqualTo(Outcome.PASS);
        assertThat(judge(rule, with(context, version -> List.of(empty, model))).findings())
                .extracting(Finding::message)
                .contains("explainability[0] (shap) does not count: there is nothing to read in its file a.json.");
    }

    @Test
    void looksAtTheArtifactsOfAVersionOnce() {
        AtomicInteger looks = new AtomicInteger();
        ArtifactFormats once = ArtifactFormats.once(version -> {
            looks.incrementAndGet();
            return ArtifactFormats.DECLARED.of(version);
        });
        JudgeContext context = with(Given.context("{}"), once);
        Given.policies(Given.policy("id: x, formats: {allow: [onnx]}", "id: y, formats: {allow: [keras]}"))
                .judge(context, each -> true);
        assertThat(looks).hasValue(1);
    }

    @Test
    void failsWhenTheArtifactsCannotBeLookedAt() {
        JudgeContext context = with(Given.context("{}"), version -> {
            throw RegistryException.integrity("The store is away.", "Bring it back.");
        });
        RuleResult result = judge("formats: {allow: [onnx]}", context);
        assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(result.line().value()).isEqualTo("not examined");
        assertThat(result.findings().get(0).message())
                .isEqualTo("The artifacts cannot be looked at: The store is away.");
        assertThat(result.findings().get(0).remedy()).isEqualTo("Bring it back.");
    }

    @Test
    void showsAWaivedRuleWithItsWaiver() {
        RuleResult result = waived("waivable: true, lineage: {code: true}", "2026-11-23");
        assertThat(result.outcome()).isEqualTo(Outcome.WAIVED);
        assertThat(result.line().rationale())
                .isEqualTo("waived until 2026-11-23 by rita, ruth: The data comes in spring.");
        assertThat(result.findings()).extracting(Finding::severity).containsExactly(Severity.NOTE);
        assertThat(result.findings()).extracting(Finding::rule).containsExactly("p/x");
    }

    @Test
    void waivesNothingElse() {
        assertThat(waived("waivable: true, lineage: {code: true}", "2026-11-22").outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(waived("waivable: false, lineage: {code: true}", "2026-11-23")
                        .outcome())
                .isEqualTo(Outcome.FAIL);
        assertThat(waived("waivable: true, approvals: {count: 1}", "2026-11-23").outcome())
                .isEqualTo(Outcome.PENDING);
        assertThat(waived("waivable: true, severity: warn, lineage: {code: true}", "2026-11-23")
                        .outcome())
                .isEqualTo(Outcome.WARN);
        RuleResult passed = waived("waivable: true, lineage: {code: false}", "2026-11-23");
        assertThat(passed.outcome()).isEqualTo(Outcome.PASS);
        assertThat(passed.line().rationale()).isEqualTo("r");
    }

    @ParameterizedTest
    @CsvSource({
        "x, some/model, 1.0.0, prod, 2026-11-23T23:59:59Z, true",
        "x, some/model, 1.0.0, prod, 2026-11-24T00:00:00Z, false",
        "y, some/model, 1.0.0, prod, 2026-11-23T10:00:00Z, false",
        "x, some/other, 1.0.0, prod, 2026-11-23T10:00:00Z, false",
        "x, some/model, 2.0.0, prod, 2026-11-23T10:00:00Z, false",
        "x, some/model, 1.0.0, uat, 2026-11-23T10:00:00Z, false",
    })
    void coversOneVersionUntilTheEndOfItsLastDay(
            String rule, String model, String version, String stage, Instant now, boolean covers) {
        Waiver waiver = Waiver.read(Given.waiverFile(
                        "w", "rule: x\nmodel: some/model\nversion: 1.0.0\nstage: prod\nexpires: \"2026-11-23\"\n"))
                .get();
        assertThat(waiver.expires()).isEqualTo(LocalDate.parse("2026-11-23"));
        Policy policy = Given.policy("id: " + rule + ", lineage: {code: true}");
        VersionId about = VersionId.parse(model + "@" + version);
        assertThat(about.version()).isEqualTo(Version.parse(version));
        Stage where = new Stage(stage);
        assertThat(waiver.covers("p", policy.rules().get(0), about, where, now)).isEqualTo(covers);
        assertThat(waiver.covers("q", policy.rules().get(0), about, where, now)).isFalse();
    }

    @Test
    void refusesAWaiverThatIsNotNamedAsItsFileOrHasNoDate() {
        SourceFile file = Given.waiverFile("w", "rule: x\nmodel: a/b\nstage: prod\nexpires: \"2026-11-23\"\n");
        assertThat(Waiver.read(SourceFile.of("waivers/v.yaml", file.text())).findings())
                .extracting(Finding::message)
                .containsExactly("id is w, but the file is named v.");
        assertThat(Waiver.readTrusted(
                                SourceFile.of("waivers/w.yaml", file.text().replace("2026-11-23", "soon")))
                        .findings())
                .extracting(Finding::message)
                .containsExactly("expires: 'soon' is not a date like 2027-06-30");
        assertThatThrownBy(() -> new Waiver.Grounds("because", List.of())).hasMessage("a waiver names who approved it");
        assertThat(new Waiver.Grounds("because", List.of(new UserId("rita"))).approvedBy())
                .hasSize(1);
    }

    @Test
    void judgesACardAlone() {
        Policies policies = Given.policies(Given.policy(
                "id: x, card: {sections: [Use, Limits], frontMatter: [tags]}",
                "id: y, lineage: {code: true}",
                "id: z, card: {sections: [Use]}"));
        Card card = Card.read(SourceFile.of("card.md", "## Use\n\nLoans.\n")).get();
        assertThat(CardCheck.judge(policies, Given.REGISTRY, Given.MODEL, Given.PROD, card, Given.NOW))
                .extracting(RuleResult::rule, RuleResult::outcome, RuleResult::subject)
                .containsExactly(
                        tuple("x", Outcome.FAIL, "credit/default-risk@0.0.0"),
                        tuple("z", Outcome.PASS, "credit/default-risk@0.0.0"));
        assertThat(CardCheck.judge(policies, Given.REGISTRY, Given.MODEL, Given.UAT, card, Given.NOW))
                .isEmpty();
        assertThat(CardCheck.needs(policies, Given.REGISTRY, Given.MODEL).sections())
                .containsExactlyInAnyOrder("Limits", "Use");
        assertThat(CardCheck.needs(policies, Given.REGISTRY, Given.MODEL).frontMatter())
                .containsExactly("tags");
    }

    @Test
    void showsFivePlaceholdersAndCountsAll() {
        String five = "## Use\n\n" + "TODO write. ".repeat(5) + "\n";
        assertThat(judge("card: {sections: [Use]}", Given.context("{card: " + quoted(five) + "}"))
                        .findings())
                .hasSize(5)
                .allSatisfy(finding -> assertThat(finding.message()).isEqualTo("'TODO' was left to be replaced."));
        String six = "## Use\n\n" + "TODO write. ".repeat(6) + "\n";
        assertThat(judge("card: {sections: [Use]}", Given.context("{card: " + quoted(six) + "}"))
                        .findings())
                .hasSize(5)
                .allSatisfy(finding ->
                        assertThat(finding.message()).isEqualTo("'TODO' was left to be replaced (6 in all)."));
    }

    @Test
    void asksTheSameOfWhatAStageGoesBackTo() {
        assertThat(Given.policy(
                                "id: a, metric: {metric: auc, dataset: test, atLeast: 0.7}",
                                "id: b, approvals: {count: 1}",
                                "id: c, path: {stage: uat}",
                                "id: d, freshness: {training: P1D}",
                                "id: e, freeze: {weekly: [{days: [friday]}]}")
                        .rules())
                .extracting(
                        rule -> rule.requirement().holdsForRollback(),
                        rule -> rule.requirement().isAboutVersion())
                .containsExactly(
                        tuple(true, true),
                        tuple(true, false),
                        tuple(false, false),
                        tuple(false, true),
                        tuple(false, false));
    }

    @Test
    void hasAWordForEveryOutcome() {
        for (Outcome outcome : Outcome.values()) {
            assertThat(Outcome.parse(outcome.word())).isSameAs(outcome);
        }
        assertThat(Review.State.CHANGES_REQUESTED.word()).isEqualTo("changes-requested");
        assertThatThrownBy(() -> Outcome.parse("maybe"))
                .hasMessage("'maybe' is no result: pass, fail, pending, waived or warn");
    }

    @Test
    void showsTheFirstProblemThatIsMoreThanWorthALook() {
        Judgement.Problem look = Judgement.Problem.worthALook(Place.file("a"), "look", "");
        Judgement.Problem bad = Judgement.Problem.of(Place.file("b"), "bad", "");
        assertThat(Judgement.of("v", "b", Place.file("c"), List.of(look, bad)).firstProblem())
                .contains(bad);
        assertThat(Judgement.of("v", "b", Place.file("c"), List.of(look)).firstProblem())
                .isEmpty();
    }

    private static List<String> formats(Examined model) {
        return judge("formats: {allow: [keras, onnx]}", with(Given.context("{}"), version -> List.of(model)))
                .findings()
                .stream()
                .map(Finding::message)
                .toList();
    }

    private static RuleResult waived(String rule, String expires) {
        Policies policies =
                Given.policies(Given.policy("id: x, " + rule), Given.waiver("x", "some/model", "prod", expires));
        return policies.judge(Given.context("{}"), each -> true).get(0);
    }

    private static RuleResult judge(String rule, JudgeContext context) {
        return Given.policies(Given.policy("id: x, " + rule))
                .judge(context, each -> true)
                .get(0);
    }

    private static JudgeContext with(JudgeContext context, ArtifactFormats formats) {
        Surroundings around = context.around();
        return around(context, new Surroundings(around.history(), around.registered(), formats));
    }

    private static JudgeContext around(JudgeContext context, Surroundings around) {
        return new JudgeContext(
                context.evidence(),
                context.incumbent(),
                context.stage(),
                context.occasion(),
                context.review(),
                context.registry(),
                around);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\n", "\\n") + "\"";
    }
}
