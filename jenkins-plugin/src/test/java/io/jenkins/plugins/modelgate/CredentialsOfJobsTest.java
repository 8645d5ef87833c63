package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.util.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A played Git server refuses everybody, and hears which token it was given. */
@WithJenkins
class CredentialsOfJobsTest {
    private static final String TOKEN = "tok-9f8e7d6c5b4a-secret";

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final LogRecorder system =
            new LogRecorder().record("", Level.FINE).quiet().capture(10_000);
    private JenkinsRule jenkins;
    private HttpServer server;
    private Folder team;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String login = exchange.getRequestHeaders().getFirst("Authorization");
            heard.add(login == null ? "" : login);
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"played\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        server.start();
        RegistrySettings settings = new RegistrySettings(
                "models", "http://127.0.0.1:" + server.getAddress().getPort() + "/models/registry.git");
        settings.setCredentialsId("bot");
        settings.setHost("gitea=http://127.0.0.1:" + server.getAddress().getPort());
        ModelgateConfiguration.get().setRegistries(List.of(settings));
        team = jenkins.createProject(Folder.class, "team");
        store(team)
                .addCredentials(
                        Domain.global(),
                        new StringCredentialsImpl(CredentialsScope.GLOBAL, "bot", "", Secret.fromString(TOKEN)));
    }

    @AfterEach
    void end() {
        server.stop(0);
        system.close();
    }

    private static CredentialsStore store(Folder folder) {
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getProvider() instanceof FolderCredentialsProvider && store.getContext() == folder) {
                return store;
            }
        }
        throw new AssertionError("no credentials in folders");
    }

    @Test
    void areThoseOfTheFolderAndSaidNowhere() throws Exception {
        WorkflowJob job = team.createProject(WorkflowJob.class, "find");
        WorkflowRun run = run(job);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        assertTrue(heard.stream().anyMatch(CredentialsOfJobsTest::hasToken), heard.toString());
        jenkins.assertLogNotContains("This job has no credentials", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertSaidNowhere();
    }

    @Test
    void areMissingElsewhereAndThatIsSaid() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "stranger");
        WorkflowRun run = run(job);
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains(
                "This job has no credentials 'bot', which the registry 'models' wants. Give them to the job's folder, or globally.",
                run);
        assertTrue(heard.isEmpty(), heard.toString());
    }

    private WorkflowRun run(WorkflowJob job) throws Exception {
        job.setDefinition(new CpsFlowDefinition("resolveModel 'credit/default-risk@dev'", true));
        return jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
    }

    private static boolean hasToken(String login) {
        return login.contains(TOKEN)
                || login.startsWith("Basic ")
                        && new String(Base64.getDecoder().decode(login.substring(6)), StandardCharsets.UTF_8)
                                .contains(TOKEN);
    }

    /** In no file of Jenkins' home, build logs and jobs included, and in no line of the system log. */
    private void assertSaidNowhere() throws IOException {
        HomeSearch.assertNowhere(jenkins.jenkins.getRootDir().toPath(), TOKEN);
        assertFalse(String.join("\n", system.getMessages()).contains(TOKEN));
    }
}
