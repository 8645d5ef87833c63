package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who writes policies tests them, sees what they would do and why they apply, on the sample registry. */
class PolicyCommandTest extends CommandLineFixture {
    private static final Path SAMPLE =
            Path.of("../sample-registry-repo").toAbsolutePath().normalize();

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--from", SAMPLE.toString(), "--identity", "declared", "--as", "carol");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLE, folder.resolve("edited"));
    }

    @Test
    void runsTheTestsOfAFolderAndOfTheRegistry() throws Exception {
        succeeds("policy", "test", "edited");
        assertThat(shown).contains("ok    regulated-asks-for-reasons", " tests, 0 failed.");
        succeeds("policy", "test");
        assertThat(shown).contains("ok    light-refuses-a-pickle");
        edit("policies/credit-fairness.yaml", "between: [0.8, 1.25]", "between: [0.1, 10]");
        fails(ExitCode.FINDINGS, "policy", "test", "edited");
        assertThat(shown)
                .contains(
                        "FAIL  credit-fairness-refuses-a-proxy",
                        "four-fifths says pass, expected was fail",
                        "1 failed.");
        fails(ExitCode.FINDINGS, "policy", "test", "edited", "-o", "junit");
        assertThat(shown)
                .contains(
                        "<testcase classname=\"modelgate.credit-fairness\"",
                        "<failure type=\"fail\"",
                        "failures=\"1\"");
        fails(ExitCode.FINDINGS, "policy", "test", "edited", "-o", "json");
        assertThat(shown).contains("\"passed\" : false");
        Files.writeString(folder.resolve("edited/policies/tests/none.yaml"), "kind: PolicyTest\n");
        fails(ExitCode.FINDINGS, "policy", "test", "edited", "-o", "junit");
        assertThat(shown)
                .contains("classname=\"modelgate.policy-tests\" name=\"policies/tests/none.yaml\"")
                .doesNotContain("unknown");
    }

    @Test
    void namesRulesThatNoTestRefuses() throws Exception {
        Files.delete(folder.resolve("edited/policies/tests/laboratory-refuses-guessing.yaml"));
        succeeds("policy", "test", "edited");
        assertThat(shown).contains("No test shows that these rules can refuse anything: laboratory/accuracy.");
    }

    @Test
    void doubtsWhatIsHardlyMeant() throws Exception {
        succeeds("policy", "lint", "edited");
        edit("waivers/few-young-applicants.yaml", "stage: prod", "version: 7.0.0\nstage: prod");
        fails(ExitCode.FINDINGS, "policy", "lint", "edited");
        assertThat(shown)
                .containsPattern("few-young-applicants.yaml:[0-9]+:10: There is no version credit/default-risk@7.0.0");
        edit(
                "policies/credit-performance.yaml",
                "metric: roc_auc, dataset: test, atLeast: 0.7",
                "metric: roc_auk, dataset: test, atLeast: 0.7");
        edit("policies/credit-performance.yaml", "atMost: 0.18", "atLeast: 0.18");
        edit("policies/laboratory.yaml", "atLeast: 0.95", "atLeast: 0");
        edit("policies/credit-fairness.yaml", "between: [-0.1, 0.1]", "between: [0.05, 0.1]");
        fails(ExitCode.FINDINGS, "policy", "lint", "edited");
        assertThat(shown)
                .contains("which no version that is live measures; did you mean roc_auc?")
                .contains("refuses good values and accepts bad ones: brier is better when it is lower")
                .contains("laboratory/accuracy can never fail: accuracy is always between 0 and 1.")
                .contains("refuses equal_opportunity_difference 0")
                .contains("policies/credit-performance.yaml:");
    }

    @Test
    void saysWhyARuleApplies() {
        succeeds("policy", "explain", "credit/default-risk", "--stage", "prod");
        assertThat(shown)
                .contains("regulated applies: stages uat, prod; risk tiers high")
                .contains("explained (block, not waivable): explainability: at least 1 global, 1 local")
                .contains(
                        "measured-lately (block, waivable): freshness: ",
                        "      sections: Intended use, Out of scope, Training data, Evaluation, Limitations\n",
                        "      front matter: license\n",
                        "      groups of fewer than 30 people fail it\n",
                        "      only evaluations on test data count\n",
                        "      the year-end freeze (2026-12-21 to 2027-01-03), Europe/Berlin\n",
                        "      confidence level 0.95\n")
                .contains("waived until 2027-06-30 by the waiver few-young-applicants")
                .contains("laboratory does not apply: models wine/*, but it is credit/default-risk");
        succeeds("policy", "explain", "credit/default-risk", "--stage", "prod", "-o", "json");
        assertThat(shown).contains("\"applies\" : false", "\"waivable\" : true", "\"sections: Intended use");
        assertThat(shown).doesNotContain("policies: main");
        fails(ExitCode.NOT_FOUND, "policy", "explain", "credit/default-risk", "--stage", "live");
        fails(ExitCode.NOT_FOUND, "policy", "explain", "credit/nothing", "--stage", "prod");
    }

    @Test
    void saysWhatTheSchemaOfARuleSaysOfItself() throws Exception {
        edit(
                "policies/documented.yaml",
                "      type: object\n",
                "      type: object\n      title: Tested at least once\n");
        succeeds("policy", "explain", "credit/default-risk", "--stage", "prod", "--policies", "edited");
        assertThat(shown).contains("      Tested at least once\n");
    }

    @Test
    void saysWhichPoliciesItExplains() throws Exception {
        succeeds("policy", "explain", "credit/default-risk", "--stage", "prod");
        assertThat(shown).containsPattern("policies: main at [0-9a-f]{10}\n$");
        succeeds("policy", "explain", "credit/default-risk", "--stage", "prod", "--policies", "edited");
        assertThat(shown).endsWith("policies: the folder edited\n");
        for (String each : List.of("registry.yaml", "models", "policies", "waivers")) {
            copy(SAMPLE.resolve(each), folder.resolve(each));
        }
        succeeds("policy", "explain", "credit/default-risk", "--stage", "prod");
        assertThat(shown).endsWith("policies: the folder .\n");
        succeeds("policy", "explain", "--help");
        assertThat(shown).containsPattern("Default: this folder if\\s+it has a registry.yaml");
    }

    @Test
    void saysWhatAChangeWouldDoToEverythingLive() throws Exception {
        succeeds("policy", "impact", "edited");
        assertThat(shown).contains("The policies do not differ from those of the registry.");
        edit("policies/credit-fairness.yaml", "between: [0.8, 1.25], mode: point", "between: [0.91, 1.1], mode: point");
        edit("policies/laboratory.yaml", "atLeast: 0.95", "atLeast: 0.9");
        fails(ExitCode.FINDINGS, "policy", "impact", "edited");
        assertThat(shown)
                .containsPattern(
                        "BREAKS +uat +credit/default-risk@1\\.1\\.0 +credit-fairness/four-fifths +pass +fail +0\\.9067")
                .doesNotContain("prod   credit/default-risk@1.0.0  credit-fairness")
                .contains(
                        "uat credit/default-risk@1.1.0 credit-fairness/four-fifths: disparate_impact_ratio of ",
                        "required is 0.91 to 1.1: off by 0.00")
                .contains("Changed: credit-fairness, laboratory.", "rules that break: 1, that are mended: 0");
        fails(ExitCode.FINDINGS, "policy", "impact", "edited", "-o", "json");
        assertThat(shown).contains("\"breaks\" : true", "\"stage\" : \"uat\"");
        assertThat(shown)
                .containsOnlyOnce(
                        "\"disparate_impact_ratio of age: 25-or-less / over-25 is 0.9067, required is 0.91 to 1.1: off by");
    }

    @Test
    void saysWhatAWaiverOrItsEndDoes() throws Exception {
        Files.delete(folder.resolve("edited/waivers/few-young-applicants.yaml"));
        fails(ExitCode.FINDINGS, "policy", "impact", "edited");
        assertThat(shown)
                .containsPattern(
                        "BREAKS +prod +credit/default-risk@1\\.0\\.0 +credit-certainty/four-fifths-certain +waived +fail");
    }

    @Test
    void judgesTheArtifactsByTheirBytes() throws Exception {
        Path samples = Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();
        copy(samples.resolve("1.1.0"), folder.resolve("output"));
        byte[] pickle =
                Files.readAllBytes(Path.of("../registry-core/src/test/resources/format/pickle-dressed-as.onnx"));
        Files.write(folder.resolve("output/model/model.onnx"), pickle);
        succeeds("register", "wine/cultivar@2.0.0", "output", "--merge", "--as", "dora");
        succeeds("evidence", "show", "wine/cultivar@2.0.0");
        assertThat(shown).contains("format: pickle");
        succeeds("promote", "wine/cultivar@2.0.0", "--to", "dev", "--merge", "--as", "dora");
        fails(ExitCode.FINDINGS, "promote", "wine/cultivar@2.0.0", "--to", "uat", "--as", "dora");
        assertThat(shown).contains("model.onnx is Python pickle, and loading it can run code (it calls ", "getpid)");
    }

    private void edit(String file, String from, String to) throws Exception {
        Path path = folder.resolve("edited").resolve(file);
        assertThat(path).content().contains(from);
        Files.writeString(path, Files.readString(path).replace(from, to));
    }
}
