package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import java.nio.file.Path;
import java.util.List;
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

/** The gate in the multibranch job of a registry, where Git builds its branches. */
@WithJenkins
class GateBranchTest {
    private static final String JUNK = "models/credit/default-risk/versions/1.0.0/junk.txt";
    private static final String JENKINSFILE =
            "pipeline { agent any; stages { stage('Gate') { steps { modelgate() } } } }";

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
        registry.put("Jenkinsfile", JENKINSFILE);
        proposals = new OpenProposals(registry);
        GitSCMSource source = new GitSCMSource(registry.repository().toString());
        source.setTraits(List.of(new BranchDiscoveryTrait()));
        project = jenkins.createProject(WorkflowMultiBranchProject.class, "models");
        project.getSourcesList().add(new BranchSource(source));
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
    }

    @AfterEach
    void end() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
    }

    @Test
    void judgesTheProposalsOfBranchesAndHasNothingToJudgeOnTheTarget() throws Exception {
        int good = proposals.promotion("1.0.0", "uat");
        proposals.branch("good", good);
        registry.approve(good);
        int bad = proposals.edit("bad", JUNK, "junk");
        scan();
        WorkflowRun main = last("main");
        jenkins.assertBuildStatusSuccess(main);
        jenkins.assertLogContains("This is main: what is on it was judged when it was merged.", main);
        jenkins.assertBuildStatusSuccess(last("good"));
        assertTrue(proposals.status(good).contains("state: success"), proposals.status(good));
        jenkins.assertBuildStatus(Result.FAILURE, last("bad"));
        assertTrue(proposals.status(bad).contains("state: failure"), proposals.status(bad));
        assertEquals(
                List.of(
                        "modelgate/gate FAILURE",
                        "modelgate/gate IN_PROGRESS",
                        "modelgate/gate IN_PROGRESS",
                        "modelgate/gate SUCCESS"),
                RecordedChecks.get().told().stream().sorted().toList());
    }

    @Test
    void judgesABranchThatNobodyProposesWithoutReviewsAndTellsNobody() throws Exception {
        int number = proposals.promotion("1.0.0", "uat");
        proposals.branch("waiting", number);
        try (var open = registry.as("ann")) {
            open.host().close(number);
        }
        proposals.push("bad", JUNK, "junk");
        scan();
        WorkflowRun waiting = last("waiting");
        jenkins.assertBuildStatus(Result.ABORTED, waiting);
        jenkins.assertLogContains("it was judged without reviews, and no status is set", waiting);
        WorkflowRun bad = last("bad");
        jenkins.assertBuildStatus(Result.FAILURE, bad);
        jenkins.assertLogContains("FAIL: " + JUNK, bad);
        assertEquals(List.of(), RecordedChecks.get().told());
    }

    @Test
    void judgesWhatAMergeQueueBuilds() throws Exception {
        int number = proposals.promotion("1.0.0", "uat");
        registry.approve(number);
        proposals.branch("queue/right", proposals.merge(number, true));
        proposals.branch("queue/other", proposals.mergeWith(number, JUNK, "junk"));
        scan();
        WorkflowRun right = last("queue%2Fright");
        jenkins.assertBuildStatusSuccess(right);
        jenkins.assertLogContains("that was built is the one that was judged", right);
        WorkflowRun other = last("queue%2Fother");
        jenkins.assertBuildStatus(Result.FAILURE, other);
        jenkins.assertLogContains("that was judged. Verify again;", other);
        assertTrue(proposals.status(number).contains("state: success"), "the proposal itself is as good as it was");
    }

    @Test
    void refusesAProposalThatIsNotTheOneOfTheBranch() throws Exception {
        int good = proposals.promotion("1.0.0", "uat");
        registry.approve(good);
        proposals.push("forged", "Jenkinsfile", "modelgate(proposal: " + good + ")");
        scan();
        WorkflowRun forged = last("forged");
        jenkins.assertBuildStatus(Result.FAILURE, forged);
        jenkins.assertLogContains("This build is not of proposal " + good, forged);
        assertEquals("", proposals.status(good));
    }

    private void scan() throws Exception {
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
    }

    private WorkflowRun last(String branch) {
        return project.getItem(branch).getLastBuild();
    }
}
