package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.util.Secret;
import io.modelgate.Registry;
import io.modelgate.catalog.ModelReference;
import io.modelgate.catalog.Resolved;
import io.modelgate.host.Proposal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RegisterModelStepTest {
    private static final String REGISTER = "registerModel(" + TrainingJob.ARGUMENTS + ", version: '1.4.0')";
    private static final String TOKEN = "token-that-nobody-may-see";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private TrainingJob training;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = new RegistryFixture(folder);
        RegistrySettings settings = registry.settings("models");
        settings.setCredentialsId("registry");
        CredentialsProvider.lookupStores(jenkins.jenkins)
                .iterator()
                .next()
                .addCredentials(
                        Domain.global(),
                        new StringCredentialsImpl(CredentialsScope.GLOBAL, "registry", "", Secret.fromString(TOKEN)));
        ModelgateConfiguration.get().setRegistries(List.of(settings));
        training = new TrainingJob(jenkins);
    }

    @Test
    void registersWhatAJobLeftOnAnAgentAndTheSameBytesOnce() throws Exception {
        String script = "def v = " + REGISTER + "\n"
                + "echo \"ref ${v.ref} ${v.model} ${v.version} ${v.digest} verdict ${v.verdict} proposal ${v.proposal}"
                + " merged ${v.merged} url ${v.url}\"";
        WorkflowRun first = training.run(script);
        jenkins.assertBuildStatusSuccess(first);
        jenkins.assertLogContains("Register credit/default-risk@1.4.0: merged as ", first);
        try (Registry open = registry.as("ann")) {
            Resolved found = open.catalog().resolve(ModelReference.parse("credit/default-risk@1.4.0"));
            assertEquals(Optional.empty(), open.damaged(found));
            assertEquals(
                    List.of("model.onnx", "shap-global.json"),
                    found.manifest().artifacts().stream()
                            .map(each -> each.path())
                            .toList());
            assertEquals(
                    Optional.of("onnx"), found.manifest().artifacts().get(0).format());
            String report = open.snapshot()
                    .read("models/credit/default-risk/versions/1.4.0/fairness/fairlearn-sex.yaml")
                    .orElseThrow()
                    .text();
            assertTrue(report.contains("german-credit-test"), report);
            jenkins.assertLogContains(
                    "ref credit/default-risk@1.4.0 credit/default-risk 1.4.0 "
                            + found.manifest().rootDigest() + " verdict pass proposal 1 merged ",
                    first);
        }
        jenkins.assertLogContains(" url null", first);
        jenkins.assertLogNotContains(TOKEN, first);

        WorkflowRun second = training.run(script);
        jenkins.assertBuildStatusSuccess(second);
        jenkins.assertLogContains("is already registered with these bytes", second);
        jenkins.assertLogContains("verdict pass proposal null merged null url null", second);

        training.put("out/shap-global.json", "{}");
        WorkflowRun other = training.run(script);
        jenkins.assertBuildStatus(Result.FAILURE, other);
        jenkins.assertLogContains("is already registered with other bytes", other);
        jenkins.assertLogContains("register these bytes under the next version", other);
        jenkins.assertLogNotContains("\tat ", other);
    }

    @Test
    void registersInADeclarativePipeline() throws Exception {
        WorkflowRun run = training.runAll("""
                pipeline {
                  agent { label 'trainer' }
                  stages {
                    stage('register') {
                      steps { registerModel registry: 'models', version: '1.5.0', %s }
                    }
                    stage('use') { steps { script { echo "again ${registerModel(version: '1.5.0', %s).ref}" } } }
                  }
                }
                """.formatted(TrainingJob.ARGUMENTS, TrainingJob.ARGUMENTS));
        jenkins.assertBuildStatusSuccess(run);
        jenkins.assertLogContains("credit/default-risk@1.5.0: merged as", run);
        jenkins.assertLogContains("again credit/default-risk@1.5.0", run);
    }

    @Test
    void leavesTheWorkspaceForNothing() throws Exception {
        training.put("../secret.txt", "of another job");
        training.workspace().child("linked").symlinkTo("../secret.txt", jenkins.createTaskListener());
        training.workspace().child("up").symlinkTo("..", jenkins.createTaskListener());
        WorkflowRun run = training.run("""
                def tried = [files: ['../secret.txt', '/etc/passwd', 'linked', 'up/secret.txt', 'up/*.txt', 'out/../../secret.txt', 'link*', '['],
                  card: ['../secret.txt', 'linked'], evidence: ['/etc/*', 'up/**'], facts: ['up/secret.txt'], description: ['linked']]
                tried.each { field, values ->
                  values.each { value ->
                    def all = [model: 'credit/default-risk', version: '1.4.0', files: 'out', card: 'MODEL_CARD.md',
                      description: 'model.yaml'] + [(field): value]
                    try { registerModel all; echo "took ${field} ${value}" } catch (e) { echo "refused ${field} ${value}: ${e.message}" }
                  }
                }
                """);
        jenkins.assertLogNotContains("took ", run);
        jenkins.assertLogNotContains("of another job", run);
        for (String refused :
                List.of("files link*", "files up/*.txt", "card linked", "facts up/secret.txt", "files [")) {
            jenkins.assertLogContains("refused " + refused + ": Refused: see the findings above.", run);
        }
        jenkins.assertLogContains("block: ../secret.txt: It is not a path below the folder of the job.", run);
        jenkins.assertLogContains("A symbolic link is on the way to it.", run);
        assertFalse(folder.resolve("artifacts").toFile().exists(), "something was uploaded");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        WorkflowRun nowhere = training.runAll(REGISTER);
        jenkins.assertBuildStatus(Result.FAILURE, nowhere);
        jenkins.assertLogContains(
                "Perhaps you forgot to surround the registerModel step with a step that provides this", nowhere);
        WorkflowRun words = training.run("""
                for (more in [[version: 'newest'], [files: ' , '], [role: 'trian'], [references: 'sex'], [rows: -1], [store: 'mian'],
                    [registry: 'other'], [dataset: ''], [card: 'CARD.md'], [description: '']]) {
                  def all = [model: 'credit/default-risk', version: '1.4.0', files: 'out', card: 'MODEL_CARD.md', facts: 'facts.yaml',
                    description: 'model.yaml', evidence: 'reports/*.json', dataset: 'd', rows: 400, favourable: '1'] + more
                  try { registerModel all; echo "took ${more}" } catch (e) { echo "refused ${more}: ${e.message}" }
                }
                """);
        jenkins.assertLogNotContains("took ", words);
        jenkins.assertLogContains("'files' names no file", words);
        jenkins.assertLogContains("did you mean main?", words);
        jenkins.assertLogContains("Name the data: dataset: 'german-credit-test'.", words);
        jenkins.assertLogContains("CARD.md: There is no such file.", words);
        jenkins.assertLogContains("is a new model, and nothing says what it is for", words);
        jenkins.assertLogNotContains("\tat ", words);
    }

    @Test
    void saysWhichParameterTellsWhatAReportDoesNot() throws Exception {
        training.put(
                "reports/fairlearn.json",
                "{\"1\": {\"precision\": 0.75, \"recall\": 0.5, \"f1-score\": 0.6, \"support\": 4.0}, \"accuracy\": 0.75}");
        String register = "registerModel(" + TrainingJob.ARGUMENTS + ", version: '1.4.0'";
        WorkflowRun run = training.run(register + ")");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("which version of scikit-learn wrote it. Say toolVersion, such as 1.2.3.", run);
        jenkins.assertBuildStatusSuccess(training.run(register + ", toolVersion: '1.9.1')"));
    }

    @Test
    void failsTheBuildThatTheGateFails() throws Exception {
        jenkins.assertBuildStatusSuccess(
                training.run("registerModel(" + TrainingJob.ARGUMENTS + ", version: '1.4.0-rc')"));
        training.put("out/shap-global.json", "{}");
        WorkflowRun run = training.run("registerModel(" + TrainingJob.ARGUMENTS + ", version: '1.4.0-RC')");
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("Register credit/default-risk@1.4.0-RC: refused, nothing was proposed.", run);
        jenkins.assertLogContains("There is a version 1.4.0-rc already", run);
        jenkins.assertLogContains("The gate refuses it: see the report above.", run);
        try (Registry open = registry.as("ann")) {
            assertEquals(List.of(), open.proposals(Proposal.State.OPEN));
        }
    }

    @Test
    void goesOnWhileApprovalsAreMissingAndMergesOnceTheyAreThere() throws Exception {
        registry.put("registry.yaml", RegistryFixture.CONFIG + "approvals: {registration: {count: 1}}\n");
        String script = "def v = " + REGISTER + "\necho \"${v.verdict} ${v.proposal} ${v.merged}\"";
        WorkflowRun first = training.run(script);
        jenkins.assertBuildStatusSuccess(first);
        jenkins.assertLogContains("pending 1 null", first);
        WorkflowRun again = training.run(script);
        jenkins.assertLogContains("pending 1 null", again);
        registry.approve(1);
        WorkflowRun approved = training.run(script);
        jenkins.assertBuildStatusSuccess(approved);
        jenkins.assertLogContains("pass 1 ", approved);
        jenkins.assertLogContains("merged as", approved);
    }

    @Test
    void refusesWhoeverMayNotRegister() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Computer.BUILD)
                .everywhere()
                .to("dev", "trainer")
                .grant(ModelgatePermissions.REGISTER, CredentialsProvider.USE_ITEM)
                .onItems(training.job())
                .to("trainer"));
        runAs("dev");
        WorkflowRun refused = training.run(REGISTER);
        jenkins.assertBuildStatus(Result.FAILURE, refused);
        jenkins.assertLogContains("dev lacks the permission Modelgate/Register on train.", refused);
        assertFalse(folder.resolve("artifacts").toFile().exists(), "something was uploaded");
        runAs("trainer");
        jenkins.assertBuildStatusSuccess(training.run(REGISTER));
    }

    private void runAs(String user) throws IOException {
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator()
                        .authenticate(
                                "train", User.getOrCreateByIdOrFullName(user).impersonate2()));
    }

    @Test
    void waitsUntilSomebodyElseApproved() throws Exception {
        System.setProperty(ProposalWatch.class.getName() + ".interval", "200");
        try {
            registry.put("registry.yaml", RegistryFixture.CONFIG + "approvals: {registration: {count: 1}}\n");
            WorkflowRun run = training.start(
                    "def v = registerModel(" + TrainingJob.ARGUMENTS
                            + ", version: '1.4.0', wait: true)\necho \"ended ${v.ref} ${v.verdict} ${v.proposal} ${v.merged != null}\"");
            jenkins.waitForMessage("Proposal 1 waits: 1 more approval needed", run);
            registry.approve(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("ended credit/default-risk@1.4.0 pass 1 true", run);
        } finally {
            System.clearProperty(ProposalWatch.class.getName() + ".interval");
        }
    }

    @Test
    void keepsItsSettingsInTheSnippetGenerator() throws Exception {
        RegisterModelStep step = new RegisterModelStep("credit/default-risk", "1.4.0", "out/model.onnx");
        step.setRegistry("models");
        step.setCard("MODEL_CARD.md");
        step.setEvidence("reports/*.json");
        step.setFacts("facts.yaml");
        step.setDescription("model.yaml");
        step.setDataset("german-credit-test");
        step.setRole("validation");
        step.setRows(400);
        step.setTask("regression");
        step.setFavourable("1");
        step.setReferences("sex=male");
        step.setToolVersion("1.9.1");
        step.setStore("main");
        RegisterModelStep kept = Snippets.roundTrip(
                step,
                RegisterModelStep.class,
                "registerModel card: 'MODEL_CARD.md', dataset: 'german-credit-test', description: 'model.yaml',"
                        + " evidence: 'reports/*.json', facts: 'facts.yaml', favourable: '1', files: 'out/model.onnx',"
                        + " model: 'credit/default-risk', references: 'sex=male', registry: 'models',"
                        + " role: 'validation', rows: 400, store: 'main', task: 'regression',"
                        + " toolVersion: '1.9.1', version: '1.4.0'");
        assertEquals(400, kept.getRows());
        assertEquals(
                "registerModel card: 'CARD.md', files: 'out', model: 'credit/default-risk', version: '1.4.0'",
                Snippets.generated(
                        jenkins,
                        "registerModel",
                        Map.of("model", "credit/default-risk", "version", "1.4.0", "files", "out", "card", "CARD.md")));
    }
}
