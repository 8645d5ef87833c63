package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.util.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ModelPromotedTriggerTest {
    private static final String TELL =
            "echo \"told ${env.MODELGATE_MODEL} ${env.MODELGATE_VERSION} ${env.MODELGATE_STAGE} ${env.MODELGATE_DIGEST}\"";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
        registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        registry.register("1.1.0");
        registry.promote("1.0.0", "dev");
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
    }

    @Test
    void startsOneRunForAMoveInADeclarativePipeline() throws Exception {
        WorkflowJob job = job("tell", """
                pipeline {
                  agent none
                  triggers { modelPromoted(stages: 'dev, uat', models: 'credit/*', registry: 'models') }
                  stages { stage('tell') { steps { script { %s } } } }
                }
                """.formatted(TELL));
        jenkins.assertBuildStatusSuccess(
                jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        look();
        assertEquals(1, job.getLastBuild().getNumber(), "what was promoted before starts nothing");
        registry.promote("1.1.0", "dev");
        look();
        look();
        WorkflowRun run = job.getBuildByNumber(2);
        String digest = run.getAction(PromotedVersion.class) == null
                ? ""
                : run.getEnvironment(hudson.model.TaskListener.NULL).get("MODELGATE_DIGEST");
        jenkins.assertLogContains("told credit/default-risk 1.1.0 dev " + digest, run);
        assertTrue(digest.matches("sha256:[0-9a-f]{64}"), digest);
        PromotionCause cause = run.getCause(PromotionCause.class);
        assertEquals(
                "credit/default-risk 1.1.0 dev", cause.getModel() + " " + cause.getVersion() + " " + cause.getStage());
        jenkins.assertLogContains("Stage dev points to credit/default-risk@1.1.0 since ", run);
        assertEquals(2, job.getLastBuild().getNumber());
        registry.put("docs/more.md", "nothing");
        look();
        assertEquals(2, job.getLastBuild().getNumber());
    }

    @Test
    void isSetByTheStepProperties() throws Exception {
        WorkflowJob job = job(
                "tell", "properties([pipelineTriggers([modelPromoted(stages: 'dev', models: 'credit/*')])])\n" + TELL);
        jenkins.assertBuildStatusSuccess(
                jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
        look();
        registry.promote("1.1.0", "dev");
        look();
        jenkins.assertLogContains("told credit/default-risk 1.1.0 dev", job.getBuildByNumber(2));
    }

    @Test
    void asksOnceForAllJobsAndStartsThoseItConcerns() throws Exception {
        FreeStyleProject free = jenkins.createFreeStyleProject("free");
        free.addTrigger(trigger("dev", null));
        WorkflowJob pipeline = job("pipeline", TELL);
        pipeline.addTrigger(trigger(null, "*/default-risk"));
        WorkflowJob other = job("other", TELL);
        other.addTrigger(trigger("uat", "credit/*"));
        WorkflowJob disabled = job("disabled", TELL);
        disabled.addTrigger(trigger(null, null));
        disabled.makeDisabled(true);
        assertEquals(1, look());
        registry.promote("1.1.0", "dev");
        assertEquals(1, look());
        assertEquals(1, free.getLastBuild().getNumber());
        assertEquals(
                "1.1.0",
                free.getLastBuild()
                        .getEnvironment(hudson.model.TaskListener.NULL)
                        .get("MODELGATE_VERSION"));
        assertEquals(1, pipeline.getLastBuild().getNumber());
        assertNull(other.getLastBuild());
        assertNull(disabled.getLastBuild());
    }

    @Test
    void startsARunForEachMoveThatWaitsInTheQueue() throws Exception {
        FreeStyleProject free = jenkins.createFreeStyleProject("free");
        free.setQuietPeriod(3600);
        free.addTrigger(trigger(null, null));
        look();
        registry.promote("1.1.0", "dev");
        PromotionPolling.get().look();
        registry.promote("1.0.0", "dev");
        PromotionPolling.get().look();
        PromotionPolling.get().look();
        assertEquals(2, jenkins.jenkins.getQueue().getItems(free).size());
    }

    @Test
    void saysOnceThatAJobLacksCredentialsAndStartsTheOthers() throws Exception {
        RegistrySettings guarded = registry.settings("guarded");
        guarded.setCredentialsId("bot");
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models"), guarded));
        WorkflowJob without = job("without", TELL);
        ModelPromotedTrigger trigger = trigger(null, null);
        trigger.setRegistry("guarded");
        without.addTrigger(trigger);
        WorkflowJob with = job("with", TELL);
        ModelPromotedTrigger plain = trigger(null, null);
        plain.setRegistry("models");
        with.addTrigger(plain);
        try (LogRecorder log =
                new LogRecorder().record(PromotionPolling.class, Level.INFO).capture(100)) {
            assertEquals(1, look());
            assertEquals(1, look());
            assertEquals(
                    List.of(
                            "No promotion starts without: This job has no credentials 'bot', which the registry 'guarded'"
                                    + " wants. Give them to the job's folder, or globally."),
                    log.getMessages());
        }
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "bot", "", Secret.fromString("tok-1234567890")));
        assertEquals(2, look());
        registry.promote("1.1.0", "dev");
        look();
        assertEquals(1, without.getLastBuild().getNumber());
        assertEquals(1, with.getLastBuild().getNumber());
    }

    @Test
    void startsTheOthersWhenOneJobIsBroken() throws Exception {
        job("a", TELL).addTrigger(new Broken(true));
        job("b", TELL).addTrigger(new Broken(false));
        WorkflowJob sound = job("c", TELL);
        sound.addTrigger(trigger(null, null));
        look();
        registry.promote("1.1.0", "dev");
        look();
        assertEquals(1, sound.getLastBuild().getNumber());
    }

    /** A trigger as a broken configuration makes one. */
    private static final class Broken extends ModelPromotedTrigger {
        private final transient boolean early;

        Broken(boolean early) {
            this.early = early;
        }

        @Override
        public hudson.triggers.TriggerDescriptor getDescriptor() {
            return new ModelPromotedTrigger().getDescriptor();
        }

        @Override
        public String getRegistry() {
            if (early) {
                throw new IllegalStateException("broken");
            }
            return super.getRegistry();
        }

        @Override
        boolean waitsFor(io.modelgate.manifest.StagePointer pointer) {
            throw new IllegalStateException("broken");
        }
    }

    @Test
    void keepsItsSettingsInTheForm() throws Exception {
        WorkflowJob job = job("tell", TELL);
        ModelPromotedTrigger trigger = trigger("dev, uat", "credit/*");
        trigger.setRegistry("models");
        job.addTrigger(trigger);
        jenkins.configRoundtrip(job);
        jenkins.assertEqualDataBoundBeans(
                trigger,
                job.getTriggers().values().stream()
                        .filter(ModelPromotedTrigger.class::isInstance)
                        .findFirst()
                        .orElseThrow());
    }

    private WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static ModelPromotedTrigger trigger(String stages, String models) {
        ModelPromotedTrigger trigger = new ModelPromotedTrigger();
        trigger.setStages(stages);
        trigger.setModels(models);
        return trigger;
    }

    private int look() throws Exception {
        int asked = PromotionPolling.get().look();
        jenkins.waitUntilNoActivity();
        return asked;
    }
}
