// Longer than 400 lines: one set of documents after another that do not fit together, on the same few lines of set-up.
package io.modelgate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.Lifecycle;
import io.modelgate.manifest.LifecycleAction;
import io.modelgate.manifest.LifecycleEntry;
import io.modelgate.manifest.Model;
import io.modelgate.manifest.ModelVersion;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.RiskTier;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.Version;
import io.modelgate.manifest.VersionFacts;
import io.modelgate.manifest.VersionId;
import io.modelgate.manifest.YamlWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * All that is known of a version, read from a snapshot. It is long since each case changes one file of the same
 * version.
 */
class EvidenceTest {
    private static final VersionId ID = VersionId.parse("credit/default-risk@1.0.0");
    private static final String DIRECTORY = RegistryPath.directory(ID);
    private static final ModelVersion VERSION = ModelVersion.of(
            ID,
            List.of(new Artifact("model.onnx", Digest.of("bytes"), 5, Optional.empty())),
            Optional.empty(),
            VersionFacts.NONE);
    private static final Model MODEL = new Model(
            ID.model(),
            "Probability that an applicant repays.",
            List.of(new UserId("alice")),
            "Support for credit officers.",
            RiskTier.HIGH,
            Optional.empty(),
            Map.of());

    @TempDir
    Path folder;

    private RegistryRepository repository;

    @BeforeEach
    void init() {
        repository = Repositories.init(folder.resolve("registry.git"), "main");
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void collectsEverythingOfAVersion() {
        SourceFile card = SourceFile.of(DIRECTORY + "/card.md", "# Card\none two\n");
        Checked<Evidence> checked = of(
                MODEL.toFile(),
                VERSION.toFile(),
                card,
                evaluation("a"),
                evaluation("b"),
                fairness("c", VERSION),
                lifecycle());
        assertThat(checked.findings()).isEmpty();
        Evidence evidence = checked.get();
        assertThat(evidence.id()).isEqualTo(ID);
        assertThat(evidence.model()).isEqualTo(MODEL);
        assertThat(evidence.version()).isEqualTo(VERSION);
        assertThat(evidence.manifestDigest()).isEqualTo(VERSION.toFile().digest());
        assertThat(evidence.card().orElseThrow().words()).isEqualTo(2);
        assertThat(evidence.evaluations()).extracting(Evaluation::id).containsExactly("a", "b");
        assertThat(evidence.fairness()).extracting(FairnessReport::id).containsExactly("c");
        assertThat(evidence.lifecycle()).isPresent();
        assertThat(Evidence.readTrusted(snapshot(MODEL.toFile(), VERSION.toFile()), ID)
                        .get()
                        .evaluations())
                .isEmpty();
    }

    @Test
    void readsAVersionOfWhichLittleIsKnown() {
        Evidence evidence = of(MODEL.toFile(), VERSION.toFile()).get();
        assertThat(evidence.card()).isEmpty();
        assertThat(evidence.lifecycle()).isEmpty();
        assertThat(YamlWriter.write(evidence.document())).endsWith("evaluations: []\nfairness: []\nlifecycle: []\n");
    }

    @Test
    void writesItAsOneDocument() {
        Evidence evidence = of(MODEL.toFile(), VERSION.toFile(), evaluation("a"), fairness("c", VERSION), lifecycle())
                .get();
        assertThat(YamlWriter.write(evidence.document()))
                .isEqualTo(Csv.text("document.yaml")
                        .replace("DIGEST", VERSION.rootDigest().toString()));
    }

    @Test
    void reportsAllThatIsMissingAndWrongAtOnce() {
        Checked<Evidence> checked = of(
                SourceFile.of(DIRECTORY + "/evaluations/a.yaml", "a: 1\na: 2\n"),
                SourceFile.of(DIRECTORY + "/fairness/b.yaml", "kind: Nothing\n"),
                SourceFile.of(DIRECTORY + "/card.md", "a\u200bb"));
        assertThat(checked.ok()).isFalse();
        assertThat(shown(checked))
                .containsExactly(
                        DIRECTORY.replace("/versions/1.0.0", "") + "/model.yaml evidence/missing",
                        DIRECTORY + "/card.md:1:2 card/hidden-character",
                        DIRECTORY + "/evaluations/a.yaml:2:1 yaml/duplicate-key",
                        DIRECTORY + "/fairness/b.yaml:1:1 schema/required",
                        DIRECTORY + "/fairness/b.yaml:1:7 schema/kind",
                        DIRECTORY + "/version.yaml evidence/missing");
    }

    @Test
    void refusesEvidenceAboutOtherBytes() {
        ModelVersion other = ModelVersion.of(
                ID,
                List.of(new Artifact("model.onnx", Digest.of("other"), 5, Optional.empty())),
                Optional.empty(),
                VersionFacts.NONE);
        Checked<Evidence> checked = of(MODEL.toFile(), VERSION.toFile(), fairness("c", other), evaluation("a", other));
        assertThat(shown(checked))
                .containsExactly(
                        DIRECTORY + "/evaluations/a.yaml:5:63 evidence/subject",
                        DIRECTORY + "/fairness/c.yaml:5:63 evidence/subject");
        assertThat(checked.findings().get(0).message())
                .isEqualTo("this was measured on " + other.rootDigest() + ", but the artifacts of " + ID + " are "
                        + VERSION.rootDigest());
    }

    @Test
    void refusesFilesThatHaveNoPlace() {
        Checked<Evidence> checked = of(
                MODEL.toFile(),
                VERSION.toFile(),
                SourceFile.of(DIRECTORY + "/evaluations/A.yaml", ""),
                SourceFile.of(DIRECTORY + "/evaluations/b.json", ""),
                SourceFile.of(DIRECTORY + "/fairness/c/d.yaml", ""));
        assertThat(shown(checked))
                .containsExactly(
                        DIRECTORY + "/evaluations/A.yaml evidence/file",
                        DIRECTORY + "/evaluations/b.json evidence/file",
                        DIRECTORY + "/fairness/c evidence/file");
    }

    @Test
    void refusesLinksAndExecutableFiles() throws IOException, InterruptedException {
        Snapshot snapshot = fastImport(Map.of(
                "100755 " + MODEL.toFile().path(), MODEL.toFile().text(),
                "100644 " + VERSION.toFile().path(), VERSION.toFile().text(),
                "120000 " + DIRECTORY + "/evaluations/a.yaml", "/etc/passwd"));
        assertThat(shown(Evidence.of(snapshot, ID)))
                .containsExactly(
                        MODEL.toFile().path() + " evidence/file", DIRECTORY + "/evaluations/a.yaml evidence/file");
    }

    @Test
    void refusesMoreFilesThanAnybodyNeeds() {
        List<SourceFile> files = new ArrayList<>(List.of(MODEL.toFile(), VERSION.toFile()));
        IntStream.range(0, 200).forEach(i -> files.add(evaluation("e" + i)));
        assertThat(of(files.toArray(SourceFile[]::new)).get().evaluations()).hasSize(200);
        files.add(evaluation("x"));
        Checked<Evidence> checked = of(files.toArray(SourceFile[]::new));
        assertThat(shown(checked)).containsExactly(DIRECTORY + "/evaluations evidence/limit");
        assertThat(checked.findings().get(0).message()).contains("there are 201 files here, at most 200");
    }

    @Test
    void refusesMoreThanSixteenMebibytesOfOneKind() {
        List<SourceFile> files = new ArrayList<>(List.of(MODEL.toFile(), VERSION.toFile()));
        String large = "#".repeat(1 << 20);
        for (int i = 0; i < 17; i++) {
            files.add(SourceFile.of(DIRECTORY + "/fairness/r" + i + ".yaml", large));
        }
        Checked<Evidence> checked = of(files.toArray(SourceFile[]::new));
        assertThat(shown(checked)).containsExactly(DIRECTORY + "/fairness evidence/limit");
        assertThat(checked.findings().get(0).message()).contains("17825792 bytes together");
    }

    @Test
    void refusesAFileOfMoreThanOneMebibyte() {
        SourceFile large = SourceFile.of(DIRECTORY + "/evaluations/a.yaml", "#".repeat((1 << 20) + 1));
        assertThat(shown(of(MODEL.toFile(), VERSION.toFile(), large)))
                .containsExactly(DIRECTORY + "/evaluations/a.yaml yaml/too-large");
    }

    @Test
    void keepsWarnings() {
        SourceFile card = SourceFile.of(DIRECTORY + "/card.md", "<!-- a -->\n");
        Checked<Evidence> checked = of(MODEL.toFile(), VERSION.toFile(), card);
        assertThat(checked.ok()).isTrue();
        assertThat(shown(checked)).containsExactly(DIRECTORY + "/card.md:1:1 card/comment");
    }

    @Test
    void mentionsReportsThatTakeDifferentOutcomesForFavourable() {
        SourceFile other = fairness("d", VERSION);
        Checked<Evidence> checked = of(
                MODEL.toFile(),
                VERSION.toFile(),
                fairness("c", VERSION),
                SourceFile.of(other.path(), other.text().replace("favourable: \"1\"", "favourable: \"0\"")));
        assertThat(checked.ok()).isTrue();
        assertThat(shown(checked)).containsExactly(DIRECTORY + "/fairness/d.yaml:5:63 evidence/favourable");
        assertThat(checked.findings().get(0).message())
                .isEqualTo("Here the outcome 0 is favourable, in the report c it is 1.");
    }

    @Test
    void refusesReportsThatCountTheSameDecisionsDifferently() {
        SourceFile sex = counts(
                "a", "sex", "{name: f, n: 4, tp: 1, fp: 1, tn: 1, fn: 1}, {name: m, n: 6, tp: 3, fp: 1, tn: 1, fn: 1}");
        SourceFile other = counts(
                "b", "sex", "{name: f, n: 4, tp: 1, fp: 1, tn: 1, fn: 1}, {name: m, n: 6, tp: 2, fp: 2, tn: 1, fn: 1}");
        SourceFile age = counts(
                "b", "age", "{name: y, n: 5, tp: 3, fp: 1, tn: 1, fn: 0}, {name: o, n: 5, tp: 2, fp: 1, tn: 1, fn: 1}");
        SourceFile crossed = counts(
                "b",
                "sex*age",
                "{name: f*y, n: 4, tp: 2, fp: 0, tn: 1, fn: 1}, {name: m*o, n: 6, tp: 2, fp: 2, tn: 1, fn: 1}");
        String rule = "evidence/contradiction";
        assertThat(blocked(sex, other))
                .containsExactly(
                        rule
                                + ": The counts here are m tp 2, fp 2, tn 1, fn 1, in the report a of the same data m tp 3, fp 1, tn 1, fn 1.");
        assertThat(blocked(sex, age))
                .containsExactly(
                        rule
                                + ": The counts here are age tp 5, fp 2, tn 2, fn 1, in the report a of the same data sex tp 4, fp 2, tn 2, fn 2.");
        assertThat(blocked(sex, crossed))
                .contains("fairness/crossed: tp of f is 1, but its groups of sex*age add up to 2");
        assertThat(blocked(sex, with(other, "name: german", "name: french"))).isEmpty();
        assertThat(blocked(sex, with(other, "favourable: \"1\"", "favourable: \"0\"")))
                .isEmpty();
        assertThat(blocked(sex, with(other, "metrics: []", "metrics: []\nweighted: true")))
                .isEmpty();
        assertThat(blocked(sex, counts("b", "sex", "{name: f, n: 4}, {name: m, n: 6}")))
                .isEmpty();
        assertThat(blocked(sex, counts("b", "sex", "{name: f, n: 5}, {name: m, n: 5}")))
                .containsExactly(rule
                        + ": The counts here are f n 5, in the report a of the same data f tp 1, fp 1, tn 1, fn 1.");
    }

    private List<String> blocked(SourceFile... reports) {
        List<SourceFile> files = new ArrayList<>(List.of(MODEL.toFile(), VERSION.toFile()));
        files.addAll(List.of(reports));
        return of(files.toArray(SourceFile[]::new)).findings().stream()
                .filter(Finding::blocks)
                .map(each -> each.rule() + ": " + each.message())
                .toList();
    }

    private static SourceFile counts(String id, String attribute, String groups) {
        return document("fairness/" + id, "FairnessReport", VERSION, """
                favourable: "1"
                attributes:
                  - name: %s
                    groups: [%s]
                metrics: []
                """.formatted(attribute, groups));
    }

    private static SourceFile with(SourceFile file, String before, String after) {
        return SourceFile.of(file.path(), file.text().replace(before, after));
    }

    @Test
    void refusesWhatTheLineageSaysOtherwiseOfTheData() {
        ModelVersion traced = ModelVersion.read(SourceFile.of(
                        VERSION.toFile().path(),
                        VERSION.toFile().text()
                                + "lineage:\n  datasets:\n    - {name: german, role: test, rows: 10}\n"
                                + "    - {name: swiss, role: train, rows: 10}\n"))
                .get();
        SourceFile good = evaluation("a", traced);
        assertThat(shown(of(MODEL.toFile(), traced.toFile(), good))).isEmpty();
        Checked<Evidence> part = of(MODEL.toFile(), traced.toFile(), with(good, "rows: 10", "rows: 11"));
        assertThat(part.findings())
                .extracting(Finding::message)
                .containsExactly("this was measured on 11 rows of german; by the lineage of " + ID + " it has 10");
        Checked<Evidence> role = of(
                MODEL.toFile(), traced.toFile(), with(good, "name: german, role: test", "name: german, role: train"));
        assertThat(role.findings())
                .extracting(Finding::message)
                .containsExactly("this says that german is train data; by the lineage of " + ID + " it is test data");
        Checked<Evidence> other = of(MODEL.toFile(), traced.toFile(), with(good, "name: german", "name: french"));
        assertThat(other.ok()).isTrue();
        assertThat(shown(other)).containsExactly(DIRECTORY + "/evaluations/a.yaml:5:63 evidence/dataset");
    }

    @Test
    void mentionsCountsThatAnEvaluationOfTheSameDataDoesNotHave() {
        SourceFile counts = SourceFile.of(
                fairness("c", VERSION).path(),
                fairness("c", VERSION)
                        .text()
                        .replace("{name: male, n: 6}", "{name: male, n: 6, tp: 2, fp: 1, tn: 2, fn: 1}"));
        SourceFile right = SourceFile.of(
                evaluation("a").path(), evaluation("a").text().replace("roc_auc, value: 0.75", "accuracy, value: 0.6"));
        SourceFile wrong = SourceFile.of(right.path(), right.text().replace("0.6", "0.7"));
        assertThat(shown(of(MODEL.toFile(), VERSION.toFile(), counts, right))).isEmpty();
        Checked<Evidence> checked = of(MODEL.toFile(), VERSION.toFile(), counts, wrong);
        assertThat(checked.ok()).isTrue();
        assertThat(checked.findings().get(0).message())
                .isEqualTo(
                        "By the counts of the groups accuracy is 0.6, by the evaluation a of the same data it is 0.7.");
        SourceFile otherData = SourceFile.of(wrong.path(), wrong.text().replace("name: german", "name: other"));
        assertThat(shown(of(MODEL.toFile(), VERSION.toFile(), counts, otherData)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'name: German, type: x', roc_auc, 0.999, 8:31",
        "'name: x, type: german, split: test', ROC-AUC, '\"0.999\"', 8:31",
        "'name: x, type: ger', roc_auc, 0.999, ''",
        "'name: german, split: train', roc_auc, 0.999, ''",
        "'name: german', roc_auc, 0.7504, ''",
        "'name: german', roc_auc, 75.0, ''",
        "'name: german', roc_auc, 99.9, 8:31",
        "'name: german', accuracy, 0.999, ''",
        "'name: german', roc_auc, none, ''"
    })
    void refusesACardThatContradictsTheEvaluations(String data, String metric, String value, String place) {
        SourceFile card = SourceFile.of(DIRECTORY + "/card.md", """
                ---
                model-index:
                - name: m
                  results:
                  - nothing
                  - dataset: {%s}
                    metrics:
                    - {type: %-8s, value: %s}
                ---
                # Card
                """.formatted(data, metric, value));
        Checked<Evidence> checked = of(MODEL.toFile(), VERSION.toFile(), card, evaluation("a"));
        assertThat(checked.ok()).isEqualTo(place.isEmpty());
        assertThat(shown(checked))
                .isEqualTo(place.isEmpty() ? List.of() : List.of(card.path() + ":" + place + " evidence/card"));
        assertThat(Evidence.readTrusted(snapshot(MODEL.toFile(), VERSION.toFile(), card, evaluation("a")), ID)
                        .ok())
                .isTrue();
    }

    @Test
    void saysWhatTheCardAndWhatTheEvaluationSays() {
        SourceFile card = SourceFile.of(
                DIRECTORY + "/card.md",
                "---\nmodel-index: [{results: [{dataset: {type: german},"
                        + " metrics: [{type: roc_auc, value: 0.999}]}]}]\n---\n# Card\n");
        Finding finding = of(MODEL.toFile(), VERSION.toFile(), card, evaluation("a"))
                .findings()
                .get(0);
        assertThat(finding.blocks()).isTrue();
        assertThat(finding.message())
                .isEqualTo("the card says that roc_auc is 0.999, the evaluation a of the same data says 0.75");
        assertThat(finding.remedy()).isEqualTo("Write 0.75 in the card, or name the other data there.");
    }

    private static SourceFile evaluation(String id) {
        return evaluation(id, VERSION);
    }

    private static SourceFile evaluation(String id, ModelVersion version) {
        return document("evaluations/" + id, "Evaluation", version, """
                metrics:
                  - {id: roc_auc, value: 0.75, n: 10}
                """);
    }

    private static SourceFile fairness(String id, ModelVersion version) {
        return document("fairness/" + id, "FairnessReport", version, """
                favourable: "1"
                attributes:
                  - name: sex
                    groups: [{name: female, n: 4, tp: 1, fp: 1, tn: 1, fn: 1}, {name: male, n: 6}]
                metrics: []
                """);
    }

    private static SourceFile document(String name, String kind, ModelVersion version, String rest) {
        return SourceFile.of(DIRECTORY + "/" + name + ".yaml", """
                # a comment
                apiVersion: modelgate.io/v1
                kind: %s
                id: %s
                subject: {model: %s, version: %s, digest: %s}
                tool: {name: tool, version: 1.0.0}
                dataset: {name: german, role: test, rows: 10}
                task: binary-classification
                %s""".formatted(
                kind, name.substring(name.indexOf('/') + 1), ID.model(), ID.version(), version.rootDigest(), rest));
    }

    private static SourceFile lifecycle() {
        return new Lifecycle(ID.model(), List.of(entry("1.0.0"), entry("0.9.0"))).toFile();
    }

    private static LifecycleEntry entry(String version) {
        return new LifecycleEntry(
                Version.parse(version),
                LifecycleAction.DEPRECATE,
                LocalDate.parse("2026-11-23"),
                "old",
                Optional.empty(),
                Optional.empty());
    }

    private Checked<Evidence> of(SourceFile... files) {
        return Evidence.of(snapshot(files), ID);
    }

    private Snapshot snapshot(SourceFile... files) {
        return repository.edit(repository.empty(), TreeEdit.of(List.of(files)));
    }

    private static List<String> shown(Checked<Evidence> checked) {
        return checked.findings().stream()
                .map(each -> each.place() + " " + each.rule())
                .toList();
    }

    /** Makes a commit with modes that our own writer does not write. */
    private Snapshot fastImport(Map<String, String> files) throws IOException, InterruptedException {
        StringBuilder stream = new StringBuilder("commit refs/heads/x\ncommitter a <a@b.example> 0 +0000\ndata 0\n\n");
        files.forEach((file, text) -> stream.append("M ")
                .append(file.replaceFirst(" ", " inline "))
                .append("\ndata ")
                .append(text.getBytes(StandardCharsets.UTF_8).length)
                .append('\n')
                .append(text)
                .append('\n'));
        Process git = new ProcessBuilder(
                        "git", "--git-dir", folder.resolve("registry.git").toString(), "fast-import", "--quiet")
                .redirectErrorStream(true)
                .start();
        try (OutputStream out = git.getOutputStream()) {
            out.write(stream.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(git.waitFor()).isZero();
        CommitId commit = repository.ref("refs/heads/x").orElseThrow();
        return repository.snapshot(commit);
    }
}
