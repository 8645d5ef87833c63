package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.model.TopLevelItem;
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
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Jenkins ends while the gate judges. */
class GateRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    @TestExtension
    public static class Checks extends RecordedChecks {}

    @BeforeEach
    void begin() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
    }

    @AfterEach
    void end() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
    }

    @Test
    void endsTheCheckThatWasBegun() throws Throwable {
        RegistryFixture registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.promote("1.0.0", "dev");
        registry.put("Jenkinsfile", "modelgate()");
        OpenProposals proposals = new OpenProposals(registry);
        proposals.branch("good", proposals.promotion("1.0.0", "uat"));
        sessions.then(jenkins -> {
            GitSCMSource source = new GitSCMSource(registry.repository().toString());
            source.setTraits(List.of(new BranchDiscoveryTrait()));
            WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "models");
            project.getSourcesList().add(new BranchSource(source));
            ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
            RecordedChecks.get().holdWhoeverBegins();
            project.scheduleBuild2(0).getFuture().get();
            RecordedChecks.get().awaitBegun();
        });
        sessions.then(jenkins -> {
            TopLevelItem project = jenkins.jenkins.getItem("models");
            WorkflowRun run =
                    ((WorkflowMultiBranchProject) project).getItem("good").getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            for (int i = 0; i < 100 && RecordedChecks.get().told().isEmpty(); i++) {
                Thread.sleep(100);
            }
            assertEquals(List.of("modelgate/gate FAILURE"), RecordedChecks.get().told());
        });
    }
}
