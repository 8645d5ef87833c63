package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.checks.api.ChecksAnnotation;
import io.jenkins.plugins.checks.api.ChecksOutput;
import io.modelgate.git.CommitId;
import java.nio.file.Path;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.scm.api.SCMSourceDescriptor;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The gate in the multibranch job of a registry, where a branch source builds its proposals. */
@WithJenkins
class GateProposalTest {
    private static final String JUNK = "models/credit/default-risk/versions/1.0.0/junk.txt";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private OpenProposals proposals;
    private WorkflowMultiBranchProject project;

    @TestExtension
    public static class Checks extends RecordedChecks {}

    public static class Source extends ProposalsSource {
        Source(String remote) {
            super(remote);
        }

        @TestExtension
        public static class DescriptorImpl extends SCMSourceDescriptor {}
    }

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        jenkins = rule;
        registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        registry.put("Jenkinsfile", "node { modelgate() }");
        proposals = new OpenProposals(registry);
        ProposalsSource.OPEN.clear();
        ProposalsSource.target = proposals.target().hex();
        project = jenkins.createProject(WorkflowMultiBranchProject.class, "models");
        project.getSourcesList()
                .add(new BranchSource(new Source(registry.repository().toString())));
        ModelgateConfiguration.get()
                .setRegistries(List.of(new RegistrySettings("others", "/nowhere"), registry.settings("models")));
    }

    @AfterEach
    void end() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
    }

    @Test
    void waitsThenPasses() throws Exception {
        int number = proposals.promotion("1.0.0", "uat");
        WorkflowRun waiting = build(number);
        jenkins.assertBuildStatus(Result.ABORTED, waiting);
        jenkins.assertLogContains("PENDING: ", waiting);
        assertEquals(
                List.of("modelgate/gate IN_PROGRESS", "modelgate/gate ACTION_REQUIRED"),
                RecordedChecks.get().told());
        assertTrue(proposals.status(number).contains("state: pending"), proposals.status(number));
        registry.approve(number);
        RecordedChecks.get().forget();
        WorkflowRun passed = build(number);
        jenkins.assertBuildStatusSuccess(passed);
        assertEquals(
                List.of("modelgate/gate IN_PROGRESS", "modelgate/gate SUCCESS"),
                RecordedChecks.get().told());
        assertTrue(proposals.status(number).contains("state: success"), proposals.status(number));
        assertTrue(proposals.status(number).contains(proposals.head(number).hex()));
        ChecksOutput output = RecordedChecks.get().last().getOutput().orElseThrow();
        assertTrue(output.getText().orElseThrow().contains("release/second-person"), output.toString());
        assertTrue(jenkins.jenkins
                .getWorkspaceFor(passed.getParent())
                .child("modelgate/modelgate.xml")
                .exists());
    }

    @Test
    void failsWhatThePolicyRefusesAndShowsWhere() throws Exception {
        int number = proposals.edit("junk", JUNK, "junk");
        WorkflowRun failed = build(number);
        jenkins.assertBuildStatus(Result.FAILURE, failed);
        assertEquals(
                List.of("modelgate/gate IN_PROGRESS", "modelgate/gate FAILURE"),
                RecordedChecks.get().told());
        assertTrue(proposals.status(number).contains("state: failure"), proposals.status(number));
        List<ChecksAnnotation> annotations =
                RecordedChecks.get().last().getOutput().orElseThrow().getChecksAnnotations();
        assertEquals(JUNK, annotations.get(0).getPath().orElseThrow());
    }

    @Test
    void refusesAnotherProposalAndAnotherRegistry() throws Exception {
        int good = proposals.promotion("1.0.0", "uat");
        registry.approve(good);
        int forged = proposals.edit("forge", "Jenkinsfile", "node { modelgate(proposal: " + good + ") }");
        WorkflowRun first = build(forged);
        jenkins.assertBuildStatus(Result.FAILURE, first);
        jenkins.assertLogContains("This build is not of proposal " + good, first);
        assertEquals(List.of("modelgate/gate FAILURE"), RecordedChecks.get().told());
        assertEquals("", proposals.status(forged));
        assertEquals("", proposals.status(good));
        assertEquals(forged, proposals.edit("forge", "Jenkinsfile", "modelgate(registry: 'others')"));
        WorkflowRun second = build(forged);
        jenkins.assertBuildStatus(Result.FAILURE, second);
        jenkins.assertLogContains("This job builds another repository than the registry 'others'.", second);
    }

    @Test
    void refusesToJudgeARegistryThatIsNotBuilt() throws Exception {
        int number = proposals.promotion("1.0.0", "uat");
        ModelgateConfiguration.get().setRegistries(List.of(new RegistrySettings("others", "/nowhere")));
        WorkflowRun run = build(number);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("This job builds another repository than the registry 'others'.", run);
        assertEquals(List.of("modelgate/gate FAILURE"), RecordedChecks.get().told());
    }

    @Test
    void doesNotPassACommitForWhatTheProposalIsNow() throws Exception {
        int number = proposals.promotion("1.0.0", "uat");
        registry.approve(number);
        CommitId before = proposals.push("before", JUNK, "junk");
        ProposalsSource.OPEN.put(number, List.of(before.hex()));
        WorkflowRun run = scan(number);
        jenkins.assertBuildStatus(Result.ABORTED, run);
        jenkins.assertLogContains(
                "Proposal " + number + " moved from " + before.abbreviated() + ", which this build is of, to "
                        + proposals.head(number).abbreviated() + ", which was judged.",
                run);
        assertEquals(
                List.of("modelgate/gate IN_PROGRESS", "modelgate/gate ACTION_REQUIRED"),
                RecordedChecks.get().told());
        assertTrue(proposals.status(number).contains("state: success"), proposals.status(number));
    }

    @Test
    void saysTheVerdictOnAMergeOnlyIfItIsTheOneThatWasJudged() throws Exception {
        int number = proposals.promotion("1.0.0", "uat");
        registry.approve(number);
        String head = proposals.head(number).hex();
        CommitId right = proposals.merge(number, true);
        ProposalsSource.OPEN.put(number, List.of(head, right.hex()));
        WorkflowRun run = scan(number);
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains(
                "The merge " + right.abbreviated() + " that was built is the one that was judged", run);
        CommitId other = proposals.merge(number, false);
        ProposalsSource.OPEN.put(number, List.of(head, other.hex()));
        WorkflowRun again = scan(number);
        jenkins.assertBuildStatusSuccess(again);
        jenkins.assertLogContains(
                "The merge " + other.abbreviated() + " that was built is not the one that was judged", again);
    }

    @Test
    void leavesAFinalStateWhenItIsAborted() throws Exception {
        int number = proposals.promotion("1.0.0", "uat");
        ProposalsSource.OPEN.put(number, List.of(proposals.head(number).hex()));
        RecordedChecks checks = RecordedChecks.get();
        checks.holdWhoeverBegins();
        project.scheduleBuild2(0).getFuture().get();
        checks.awaitBegun();
        WorkflowRun run = project.getItem("PR-" + number).getLastBuild();
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        for (int i = 0; i < 100 && checks.told().size() < 2; i++) {
            Thread.sleep(100);
        }
        assertEquals(List.of("modelgate/gate IN_PROGRESS", "modelgate/gate FAILURE"), checks.told());
        assertTrue(checks.last()
                .getOutput()
                .orElseThrow()
                .getSummary()
                .orElseThrow()
                .contains("was stopped"));
        assertEquals("", proposals.status(number));
    }

    @Test
    void failsWhereTheProposalIsClosed() throws Exception {
        int number = proposals.promotion("1.0.0", "uat");
        String head = proposals.head(number).hex();
        try (var open = registry.as("ann")) {
            open.host().close(number);
        }
        ProposalsSource.OPEN.put(number, List.of(head));
        WorkflowRun run = scan(number);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("Proposal " + number + " is closed.", run);
        assertEquals(
                List.of("modelgate/gate IN_PROGRESS", "modelgate/gate FAILURE"),
                RecordedChecks.get().told());
    }

    private WorkflowRun build(int number) throws Exception {
        ProposalsSource.OPEN.put(number, List.of(proposals.head(number).hex()));
        return scan(number);
    }

    /** Looks for proposals, which builds those that are new or moved, or builds this one again. */
    private WorkflowRun scan(int number) throws Exception {
        String name = "PR-" + number;
        int before = project.getItem(name) == null ? 0 : project.getItem(name).getNextBuildNumber() - 1;
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        if (project.getItem(name).getNextBuildNumber() - 1 == before) {
            jenkins.waitForCompletion(project.getItem(name).scheduleBuild2(0).waitForStart());
        }
        return project.getItem(name).getLastBuild();
    }
}
