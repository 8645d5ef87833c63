package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.checks.api.ChecksOutput;
import io.modelgate.Registry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jenkins.branch.BranchSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The check beside the commit: its name where a Jenkinsfile gives it one, and its size. */
@WithJenkins
class GateChecksTest {
    private static final String CARD = "models/credit/default-risk/versions/1.0.0/card.md";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private OpenProposals proposals;
    private WorkflowMultiBranchProject project;

    @TestExtension
    public static class Checks extends RecordedChecks {}

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        jenkins = rule;
        registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        proposals = new OpenProposals(registry);
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
    }

    @AfterEach
    void end() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
    }

    @Test
    void isNamedAsWithChecksSays() throws Exception {
        registry.put("Jenkinsfile", "withChecks('credit gate') { modelgate() }");
        int good = proposals.promotion("1.0.0", "uat");
        proposals.branch("good", good);
        registry.approve(good);
        WorkflowRun run = build("good");
        jenkins.assertBuildStatusSuccess(run);
        // the first is that of withChecks itself
        assertEquals(
                List.of("credit gate IN_PROGRESS", "credit gate IN_PROGRESS", "credit gate SUCCESS"),
                RecordedChecks.get().told(run));
        assertTrue(
                output(run).getText().orElse("").contains("release/second-person"),
                output(run).toString());
        assertTrue(proposals.status(good).contains("state: success"), proposals.status(good));
        assertTrue(RecordedChecks.get().told().stream().allMatch(each -> each.startsWith("credit gate ")));
    }

    @Test
    void isNeverASuccessOfWithChecksWhenItIsNone() throws Exception {
        registry.put("Jenkinsfile", "withChecks('credit gate') { modelgate() }");
        proposals.branch("waiting", proposals.promotion("1.0.0", "uat"));
        WorkflowRun waiting = build("waiting");
        jenkins.assertBuildStatus(Result.ABORTED, waiting);
        List<String> told = RecordedChecks.get().told(waiting);
        assertEquals("credit gate ACTION_REQUIRED", told.get(2));
        assertEquals("credit gate CANCELED", told.get(3), "the last word is that of withChecks itself");
        assertEquals(4, told.size(), told.toString());
    }

    @Test
    void endsWhatWithChecksBeganWhereTheHostIsToHearOfNoVerdict() throws Exception {
        registry.put("Jenkinsfile", "withChecks('credit gate') { modelgate() }");
        registry.register("1.1.0");
        int number = proposals.promotion("1.1.0", "dev");
        proposals.branch("unproposed", number);
        try (Registry open = registry.as("ann")) {
            open.host().close(number);
        }
        WorkflowRun unproposed = build("unproposed");
        jenkins.assertBuildStatusSuccess(unproposed);
        assertEquals(
                List.of("credit gate IN_PROGRESS", "credit gate ACTION_REQUIRED"),
                RecordedChecks.get().told(unproposed));
        assertTrue(output(unproposed).getSummary().orElse("").contains("judged without reviews"));
        WorkflowRun main = project.getItem("main").getLastBuild();
        jenkins.assertBuildStatusSuccess(main);
        assertEquals(
                List.of("credit gate IN_PROGRESS", "credit gate NEUTRAL"),
                RecordedChecks.get().told(main));
    }

    @Test
    void hasNoMoreAnnotationsAndTextThanHostsTake() throws Exception {
        registry.put("Jenkinsfile", "modelgate()");
        proposals.branch("bad", proposals.promotion("1.0.0", "uat"));
        StringBuilder policy = new StringBuilder("""
                apiVersion: modelgate.io/v1
                kind: Policy
                name: release
                appliesTo: {stages: [uat]}
                rules:
                """);
        for (int rule = 0; rule < 150; rule++) {
            String number = "%03d".formatted(rule);
            String sections = IntStream.range(0, 10)
                    .mapToObj(each -> "Über " + number + " " + each + " " + "ä".repeat(60))
                    .collect(Collectors.joining(", "));
            policy.append("  - {id: card-%s, rationale: r, card: {sections: [%s]}}\n".formatted(number, sections));
        }
        registry.put("policies/release.yaml", policy.toString());
        WorkflowRun run = build("bad");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertEquals(
                List.of("modelgate/gate IN_PROGRESS", "modelgate/gate FAILURE"),
                RecordedChecks.get().told());
        ChecksOutput output = output(run);
        assertEquals(GateCheck.MOST_ANNOTATIONS, output.getChecksAnnotations().size());
        assertTrue(output.getChecksAnnotations().stream()
                .allMatch(each -> each.getPath().orElse("").equals(CARD)));
        String text = output.getText().orElseThrow();
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes <= GateCheck.MOST_BYTES && bytes > GateCheck.MOST_BYTES - 2_000, bytes + " bytes");
        assertTrue(text.endsWith("The rest is in the build's log.\n"), text.substring(text.length() - 200));
        assertFalse(text.contains("\uFFFD"), "a character was cut in two");
        assertTrue(output.getSummary().orElse("").length() <= GateCheck.MOST_BYTES);
    }

    private static ChecksOutput output(WorkflowRun run) {
        return RecordedChecks.get().last(run).getOutput().orElseThrow();
    }

    private WorkflowRun build(String branch) throws Exception {
        GitSCMSource source = new GitSCMSource(registry.repository().toString());
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        project = jenkins.createProject(WorkflowMultiBranchProject.class, "models");
        project.getSourcesList().add(new BranchSource(source));
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        return project.getItem(branch).getLastBuild();
    }
}
