package io.modelgate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.evidence.VersionDiff;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.Severity;
import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.YamlReader;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final String HOSTILE =
            "<script>alert(1)</script> [click](http://evil.example) @everyone | `x` ]]> &amp; \u202e\u0007 **bold**";

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void writesWhatTheGoldenFileSays(OutputFormat format) throws Exception {
        String name = "verdict." + format.name().toLowerCase(Locale.ROOT);
        Path golden = Path.of("src/test/resources/report", name);
        String written = Report.render(verdict(), format, OptionalInt.of(4));
        if (Boolean.getBoolean("modelgate.regenerate")) {
            Files.writeString(golden, written);
        }
        assertThat(written).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void showsNoCharacterThatHidesOrReorders(OutputFormat format) {
        assertThat(Report.render(hostile(), format)).doesNotContain("\u202e", "\u0007");
    }

    @Test
    void readsNothingIntoHostileTextOnAPage() {
        String html = HtmlRenderer.builder()
                .extensions(List.of(TablesExtension.create()))
                .build()
                .render(Parser.builder()
                        .extensions(List.of(TablesExtension.create()))
                        .build()
                        .parse(Report.render(hostile(), OutputFormat.MARKDOWN)));
        assertThat(html).doesNotContain("<script", "<a ", "<strong>bold", "<code>x");
        assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;", "**bold**");
        assertThat(Report.render(hostile(), OutputFormat.MARKDOWN)).doesNotContain("@everyone", "](http");
    }

    @Test
    void cutsACommentThatIsTooLong() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            findings.add(Finding.block(
                    "gate/x", Place.file("models/a/b/" + i), "Something is wrong here: " + i, "Mend it: " + i));
        }
        String markdown = Report.render(verdict(List.of(), findings), OutputFormat.MARKDOWN, OptionalInt.of(4));
        assertThat(markdown).hasSizeLessThanOrEqualTo(65_000).contains("Cut: the report is longer", "reproduce:");
    }

    @Test
    void givesProgramsTheSameFieldsAsJsonAndYaml() {
        JsonNode json = new JsonMapper().readTree(Report.render(hostile(), OutputFormat.JSON));
        assertThat(json.get("verdict").asString()).isEqualTo("fail");
        assertThat(json.get("findings").get(0).get("message").asString()).contains("<script>", "\\u{202e}");
        String yaml = Report.render(hostile(), OutputFormat.YAML);
        assertThat(YamlReader.read(SourceFile.of("report.yaml", yaml)).findings())
                .isEmpty();
    }

    @Test
    void writesSarifThatPointsAtLines() {
        JsonNode sarif = new JsonMapper().readTree(Report.render(verdict(), OutputFormat.SARIF));
        JsonNode run = sarif.get("runs").get(0);
        assertThat(sarif.get("version").asString()).isEqualTo("2.1.0");
        JsonNode result = run.get("results").get(0);
        JsonNode place = result.get("locations").get(0).get("physicalLocation");
        assertThat(place.get("region").get("startLine").asInt()).isEqualTo(71);
        assertThat(result.get("level").asString()).isEqualTo("error");
        assertThat(run.get("tool").get("driver").get("rules").findValuesAsString("id"))
                .contains(result.get("ruleId").asString());
    }

    @Test
    void writesJunitInWhichNothingPendingHasPassed() throws Exception {
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Report.render(hostile(), OutputFormat.JUNIT))));
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(3);
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("failures")).isEqualTo("3");
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXT", "MARKDOWN"})
    void saysOnceWhatSeveralRulesSay(OutputFormat format) {
        Place place = Place.file("models/credit/default-risk/versions/1.2.0/card.md");
        List<Finding> same = Stream.of("credit/a", "credit/b", "gate/card")
                .map(rule -> Finding.block(rule, place, "There is no model card.", "Write card.md."))
                .toList();
        Verdict verdict = verdict(
                List.of(rule("b", Outcome.FAIL, "no card", same), rule("a", Outcome.FAIL, "no card", same)), same);
        assertThat(Report.render(verdict, format))
                .containsOnlyOnce("There is no model card.")
                .containsPattern("There is no model card\\. (\\[|&#91;)credit/a, credit/b(\\]|&#93;)");
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXT", "MARKDOWN"})
    void saysOnceWhatIsWrongInSeveralPlaces(OutputFormat format) {
        String folder = "models/credit/default-risk/versions/1.2.0/fairness/";
        List<Finding> same = Stream.of("a", "b", "c", "d")
                .map(name -> Finding.block(
                        "credit/x", Place.at(folder + name + ".yaml", 3, 4), "Too far apart.", "Mend it."))
                .toList();
        String text = Report.render(verdict(List.of(rule("x", Outcome.FAIL, "0.1", same)), same), format);
        assertThat(text).containsOnlyOnce("Too far apart.").containsOnlyOnce("Mend it.");
        assertThat(text).contains(folder + "a.yaml:3:4, b.yaml:3:4, c.yaml:3:4 and 1 more: Too far apart.");
    }

    @ParameterizedTest
    @EnumSource(names = {"TEXT", "MARKDOWN"})
    void saysTheWorstThatARuleSaysAndTheSameRemedyOnce(OutputFormat format) {
        Place card = Place.file("models/credit/default-risk/versions/1.2.0/card.md");
        String text = Report.render(
                verdict(
                        List.of(),
                        List.of(
                                Finding.warn("credit/a", card, "No word of groups.", "Write it."),
                                Finding.block("credit/b", card, "No word of groups.", "Write it."),
                                Finding.block("credit/b", card, "No word of limits.", "Write it."))),
                format);
        assertThat(text).containsOnlyOnce("No word of groups.").containsOnlyOnce("Write it.");
        assertThat(text).doesNotContain("warn:", "worth a look");
        assertThat(text.indexOf("No word of groups.")).isLessThan(text.indexOf("No word of limits."));
    }

    @Test
    void foldsManyRulesThatARefusedVersionSatisfies() {
        Stream<RuleResult> passed = Stream.of("a", "b", "c", "d", "e", "f", "g", "h", "i")
                .map(id -> rule(id, Outcome.PASS, "fine", List.of()));
        RuleResult failed = rule("z", Outcome.FAIL, "not fine", List.of());
        List<RuleResult> rules = Stream.concat(passed, Stream.of(failed)).toList();
        String text = Report.render(verdict(rules, List.of()), OutputFormat.TEXT);
        assertThat(text).contains("credit/z", "and 9 rules that it satisfies").doesNotContain("credit/a");
        String all = Report.render(verdict(rules.subList(1, 10), List.of()), OutputFormat.TEXT);
        assertThat(all).contains("credit/z", "credit/b");
    }

    private static Verdict hostile() {
        Finding finding = Finding.block("gate/" + "x", Place.at("models/" + HOSTILE, 3, 4), HOSTILE, HOSTILE);
        return verdict(
                List.of(
                        rule("a", Outcome.FAIL, HOSTILE, List.of()),
                        rule("b", Outcome.PENDING, HOSTILE, List.of()),
                        rule("c", Outcome.PASS, HOSTILE, List.of())),
                List.of(finding));
    }

    private static Verdict verdict() {
        Finding unfair = Finding.block(
                "credit/four-fifths",
                Place.at("models/credit/default-risk/versions/1.2.0/fairness/aif360-test.yaml", 71, 12),
                "disparate_impact_ratio of age: 25-or-less / over-25 is 0.1579, required is 0.8 to 1.25: off by 0.6421.",
                "Retrain or correct the model.");
        Finding note = new Finding(
                Severity.NOTE, "release/second-person", Place.NOWHERE, "1 more approval needed.", "Ask bob or carol.");
        return verdict(
                List.of(
                        rule("four-fifths", Outcome.FAIL, "0.1579 age: 25-or-less / over-25", List.of(unfair)),
                        rule("calibration", Outcome.WAIVED, "0.2066", List.of()),
                        rule("second-person", Outcome.PENDING, "none", List.of(note)),
                        rule("card", Outcome.PASS, "10 sections, 214 words", List.of())),
                List.of(
                        unfair,
                        note,
                        Finding.warn("gate/deprecated", Place.file("stages/uat/x.yaml"), "Old.", "Renew it.")));
    }

    private static RuleResult rule(String id, Outcome outcome, String value, List<Finding> findings) {
        RuleResult.Line line = new RuleResult.Line(
                "a title",
                value,
                "0.8 to 1.25",
                Place.at("policies/credit.yaml", 9, 5),
                "waived until 2027-06-30 by bob: few");
        return new RuleResult("credit", id, "credit/default-risk@1.2.0", outcome, line, findings);
    }

    private static Verdict verdict(List<RuleResult> rules, List<Finding> findings) {
        return new Verdict(
                Verdict.Outcome.FAIL,
                "promotion",
                new Verdict.Basis(
                        new CommitId("a".repeat(40)),
                        new CommitId("b".repeat(40)),
                        Digest.of("policy"),
                        "modelgate/1",
                        Instant.parse("2026-11-23T10:00:00Z")),
                rules,
                findings,
                List.of(difference()),
                new Verdict.People(
                        List.of(
                                "The author has one finding to mend; 'modelgate verify' shows it.",
                                "1 more approval needed. Ask bob or carol."),
                        List.of(new UserId("bob"))));
    }

    private static VersionDiff difference() {
        return new VersionDiff(
                VersionId.parse("credit/default-risk@1.0.0"),
                VersionId.parse("credit/default-risk@1.2.0"),
                List.of(
                        entry(VersionDiff.Part.FILE, "model.onnx", "3976 bytes", "4012 bytes", OptionalDouble.empty()),
                        entry(
                                VersionDiff.Part.METRIC,
                                "roc_auc on german",
                                "0.7562500000000001",
                                "0.70125",
                                OptionalDouble.of(-0.055)),
                        entry(VersionDiff.Part.FAIRNESS, "x of sex", "undefined", "0.2", OptionalDouble.empty()),
                        entry(VersionDiff.Part.CARD, HOSTILE, "4 words", "5 words", OptionalDouble.empty())));
    }

    private static VersionDiff.Entry entry(
            VersionDiff.Part part, String name, String before, String after, OptionalDouble change) {
        return new VersionDiff.Entry(part, name, Optional.of(before), Optional.of(after), change);
    }
}
