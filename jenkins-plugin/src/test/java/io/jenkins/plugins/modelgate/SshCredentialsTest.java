package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.cloudbees.jenkins.plugins.sshcredentials.impl.BasicSSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A real SSH server runs the real Git on a registry, for one user with one key. */
@WithJenkins
class SshCredentialsTest {
    private static final String PASSPHRASE = "phr-9f8e7d6c5b4a-secret";

    @TempDir
    Path folder;

    private final SshServer server = SshServer.setUpDefaultServer();
    private final LogRecorder system =
            new LogRecorder().record("", Level.FINE).quiet().capture(20_000);
    private JenkinsRule jenkins;
    private RegistryFixture registry;
    private String key;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        registry = new RegistryFixture(Files.createDirectory(folder.resolve("registry")));
        registry.register("1.0.0");
        PublicKey host = make("host", "");
        PublicKey bot = make("bot", PASSPHRASE);
        key = Files.readString(folder.resolve("bot"));
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(new FileKeyPairProvider(folder.resolve("host")));
        server.setPublickeyAuthenticator(
                (user, given, session) -> user.equals("git") && KeyUtils.compareKeys(bot, given));
        server.setCommandFactory(new ProcessShellCommandFactory());
        server.start();
        know(host);
        settings("ssh://127.0.0.1:" + server.getPort() + registry.repository());
    }

    @AfterEach
    void end() throws IOException {
        server.stop(true);
        system.close();
    }

    private static void settings(String location) {
        RegistrySettings settings = new RegistrySettings("models", location);
        settings.setCredentialsId("bot");
        settings.setUser("jenkins");
        ModelgateConfiguration.get().setRegistries(List.of(settings));
    }

    private PublicKey make(String name, String passphrase) throws Exception {
        Path file = folder.resolve(name);
        Process making = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", file.toString())
                .inheritIO()
                .start();
        assertEquals(0, making.waitFor());
        return PublicKeyEntry.parsePublicKeyEntry(
                        Files.readString(Path.of(file + ".pub")).strip())
                .resolvePublicKey(null, Map.of(), null);
    }

    private void know(PublicKey host) throws IOException {
        Path ssh = Files.createDirectories(jenkins.jenkins.getRootDir().toPath().resolve("modelgate/.ssh"));
        Files.writeString(
                ssh.resolve("known_hosts"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(host) + "\n");
    }

    private void give(String text, String passphrase) throws IOException {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new BasicSSHUserPrivateKey(
                        CredentialsScope.GLOBAL,
                        "bot",
                        "git",
                        new BasicSSHUserPrivateKey.DirectEntryPrivateKeySource(text),
                        passphrase,
                        ""));
        SystemCredentialsProvider.getInstance().save();
    }

    private WorkflowRun run(Result expected) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("echo \"is ${resolveModel('credit/default-risk@1.0.0').ref}\"", true));
        return jenkins.assertBuildStatus(
                expected, jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
    }

    @Test
    void openARegistryAndAreSaidNowhere() throws Exception {
        give(key, PASSPHRASE);

        jenkins.assertLogContains("is credit/default-risk@1.0.0", run(Result.SUCCESS));

        assertSaidNowhere();
    }

    @Test
    void areRefusedInWordsWithoutThePassphrase() throws Exception {
        give(key, "another");

        WorkflowRun run = run(Result.FAILURE);

        jenkins.assertLogContains("The SSH key in MODELGATE_SSH_KEY cannot be read.", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertSaidNowhere();
    }

    @Test
    void goToNoHostThatIsNotKnown() throws Exception {
        give(key, PASSPHRASE);
        know(make("other", ""));

        jenkins.assertLogContains("The host key of 127.0.0.1 is another one than you know", run(Result.FAILURE));
    }

    @Test
    void areForSshLocationsOnly() throws Exception {
        give(key, PASSPHRASE);
        settings("https://git.example.com/models/registry.git");

        jenkins.assertLogContains(
                "The credentials 'bot' are an SSH key, and https://git.example.com/models/registry.git is not reached over SSH.",
                run(Result.FAILURE));
    }

    @Test
    void canBeChosenForARegistry() throws Exception {
        give(key, PASSPHRASE);
        RegistrySettings before = ModelgateConfiguration.get().getRegistries().get(0);

        jenkins.configRoundtrip();

        jenkins.assertEqualDataBoundBeans(
                before, ModelgateConfiguration.get().getRegistries().get(0));
        RegistrySettings.DescriptorImpl descriptor =
                jenkins.jenkins.getDescriptorByType(RegistrySettings.DescriptorImpl.class);
        assertEquals(
                List.of("", "bot"),
                descriptor.doFillCredentialsIdItems("").stream()
                        .map(option -> option.value)
                        .toList());
    }

    /** In no file of Jenkins' home, build logs and caches included, and in no line of the system log. */
    private void assertSaidNowhere() throws IOException {
        for (String secret : List.of(PASSPHRASE, key.lines().skip(2).findFirst().orElseThrow())) {
            HomeSearch.assertNowhere(jenkins.jenkins.getRootDir().toPath(), secret);
            assertFalse(String.join("\n", system.getMessages()).contains(secret));
        }
    }
}
