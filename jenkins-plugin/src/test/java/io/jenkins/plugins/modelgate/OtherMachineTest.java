package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import hudson.model.Slave;
import hudson.slaves.DumbSlave;
import io.modelgate.Registry;
import io.modelgate.host.Proposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Agents whose file system is another: on Linux a process can be given one where a folder is not what the controller sees. */
@WithJenkins
class OtherMachineTest {
    private static final String REGISTER = "registerModel(" + TrainingJob.ARGUMENTS + ", version: '1.4.0')";
    private static final String PULL = "pullModel model: 'credit/default-risk@1.0.0', to: 'model'";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        assumeTrue(canHide(), "this system gives no file systems of their own to processes");
        jenkins = rule;
        registry = new RegistryFixture(Files.createDirectory(folder.resolve("registry")));
        registry.register("1.0.0");
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
    }

    @Test
    void takesNoVersionWhoseBytesOnlyTheAgentHas() throws Exception {
        TrainingJob training = new TrainingJob(jenkins, agentWithAnother(folder.resolve("registry/artifacts")));
        WorkflowRun pull = training.run(PULL);
        jenkins.assertBuildStatus(Result.FAILURE, pull);
        jenkins.assertLogContains("If the controller has it, this node has another folder at", pull);
        training.put("out/more.txt", "more bytes");
        WorkflowRun run = training.run(REGISTER);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("does not have more.txt", run);
        jenkins.assertLogContains(
                "which Agent other says it put there. Nothing was proposed. Agent other has another folder at that path.",
                run);
        jenkins.assertLogContains("mount it on that node at the same path", run);
        requireNothingProposed();
    }

    @Test
    void makesNoStoreOnAnAgentThatHasNone() throws Exception {
        TrainingJob training = new TrainingJob(jenkins, agentWithAnother(folder.resolve("registry")));
        WorkflowRun run = training.run(REGISTER);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("artifacts, which this node does not have. A file store is one folder", run);
        jenkins.assertLogNotContains("\tat ", run);
        WorkflowRun pull = training.run(PULL);
        jenkins.assertBuildStatus(Result.FAILURE, pull);
        jenkins.assertLogContains("artifacts, which this node does not have. A file store is one folder", pull);
        assertFalse(training.workspace().child("model").exists());
        requireNothingProposed();
    }

    private void requireNothingProposed() {
        try (Registry open = registry.as("jenkins")) {
            assertEquals(List.of(), open.proposals(Proposal.State.OPEN));
        }
    }

    /** An agent that has an empty folder where the controller has this one. */
    private Slave agentWithAnother(Path hidden) throws Exception {
        String java = ((SimpleCommandLauncher) jenkins.createComputerLauncher(null)).cmd;
        Path script = Files.writeString(
                folder.resolve("agent.sh"), "mount -t tmpfs none \"" + hidden + "\" && exec " + java + "\n");
        DumbSlave agent = new DumbSlave(
                "other",
                Files.createDirectory(folder.resolve("work")).toString(),
                new SimpleCommandLauncher("unshare -rm sh \"" + script + "\""));
        agent.setLabelString(TrainingJob.LABEL);
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
        return agent;
    }

    private static boolean canHide() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
