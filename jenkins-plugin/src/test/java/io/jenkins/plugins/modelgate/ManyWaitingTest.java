package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.ParametersAction;
import hudson.model.StringParameterValue;
import io.modelgate.Registry;
import io.modelgate.host.Proposal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Many promotions wait at once, most of them of one job, each of the others of a job of its own: 40, or as many as
 * {@code -Dmodelgate.waiting=200} says, which takes some minutes.
 */
@WithJenkins
class ManyWaitingTest {
    private static final String INTERVAL = ProposalWatch.class.getName() + ".interval";
    private static final int MANY = Integer.getInteger("modelgate.waiting", 40);
    private static final int ALONE = MANY / 10;
    private static final int INTERVAL_SECONDS = 5;
    private static final int SECONDS = 4 * INTERVAL_SECONDS;

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
        System.setProperty(INTERVAL, "30000"); // while they start
        registry = new RegistryFixture(folder);
        registry.put("policies/release.yaml", """
                apiVersion: modelgate.io/v1
                kind: Policy
                name: release
                appliesTo: {stages: [dev]}
                rules:
                  - id: second-person
                    rationale: Nobody releases alone.
                    approvals: {count: 1}
                """);
        registry.register("1.0.0");
        registry.putCopies(MANY);
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
    }

    @AfterEach
    void end() {
        System.clearProperty(INTERVAL);
    }

    @Test
    void costNoThreadEachAndOneRequestForAProposalAndInterval() throws Exception {
        List<WorkflowRun> runs = start();
        System.setProperty(INTERVAL, INTERVAL_SECONDS + "000");
        for (WorkflowRun run : runs) {
            jenkins.waitForMessage(" waits: 1 more approval needed", run);
        }
        try (Registry open = registry.as("ann")) {
            assertEquals(MANY, open.proposals(Proposal.State.OPEN).size());
        }
        Thread.sleep(2_000 * INTERVAL_SECONDS); // the last ones are looked at
        HostRequests requests = new HostRequests();
        int queues = requests.count();
        assertEquals(1 + ALONE, queues);
        int threads = mostThreads();
        int intervals = SECONDS / INTERVAL_SECONDS + 1;
        System.out.println(MANY + " promotions wait: at most " + threads + " threads at once, and in " + SECONDS
                + " s the host was asked " + requests.asked());
        // the host of this test does not tell what changed, so that each look reads what is waited for
        Map<String, Integer> asked = requests.asked();
        assertTrue(Set.of("changes", "read").containsAll(asked.keySet()), asked.toString());
        assertTrue(asked.get("changes") <= queues * intervals, asked.toString());
        assertTrue(asked.getOrDefault("read", 0) <= MANY * intervals, asked.toString());
        assertTrue(threads <= 2, threads + " threads at once");
        for (WorkflowRun run : runs) {
            run.doStop();
        }
        jenkins.waitUntilNoActivityUpTo(60_000);
    }

    private List<WorkflowRun> start() throws Exception {
        List<WorkflowRun> runs = new ArrayList<>();
        WorkflowJob together = job("together");
        for (int i = 1; i <= MANY; i++) {
            WorkflowJob job = i > ALONE ? together : job("alone-" + i);
            runs.add(job.scheduleBuild2(
                            0, new ParametersAction(List.of(new StringParameterValue("N", "" + i)), List.of("N")))
                    .waitForStart());
            if (i % 10 == 0) {
                jenkins.waitForMessage(" is open", runs.get(i - 1));
            }
        }
        return runs;
    }

    private WorkflowJob job(String name) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("promoteModel model: \"credit/copy-${env.N}@1.0.0\", to: 'dev'", true));
        return job;
    }

    /** How many threads were at work for a step at once, while nothing changes. */
    private static int mostThreads() throws InterruptedException {
        int most = 0;
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long now = Thread.getAllStackTraces().values().stream()
                    .filter(stack -> Arrays.stream(stack)
                            .anyMatch(frame -> frame.getClassName().contains(".modelgate.Proposal")))
                    .count();
            most = Math.max(most, (int) now);
            Thread.sleep(10);
        }
        return most;
    }
}
