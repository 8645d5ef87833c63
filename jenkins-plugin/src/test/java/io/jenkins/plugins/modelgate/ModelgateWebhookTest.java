package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.security.csrf.DefaultCrumbIssuer;
import hudson.util.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jenkins is closed to everybody, and takes a signed hook without a login or a crumb. */
@WithJenkins
class ModelgateWebhookTest {
    private static final String SECRET = "a secret of more than sixteen characters";
    private static final String BODY = "{\"ref\":\"refs/heads/main\"}";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private JenkinsRule jenkins;

    @BeforeEach
    void begin(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy());
        jenkins.jenkins.setCrumbIssuer(new DefaultCrumbIssuer(false));
    }

    private void secret(String secret) {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "hooks", "", Secret.fromString(secret)));
        ModelgateConfiguration.get().setHookSecretCredentialsId("hooks");
    }

    @Test
    void aRightSignatureMakesItLookAtOnce() throws Exception {
        secret(SECRET);
        RegistryFixture registry = new RegistryFixture(folder);
        registry.register("1.0.0");
        ModelgateConfiguration.get().setRegistries(List.of(registry.settings("models")));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "tell");
        job.setDefinition(new CpsFlowDefinition("echo 'told'", true));
        job.addTrigger(new ModelPromotedTrigger());
        PromotionPolling.get().look();
        registry.promote("1.0.0", "dev");
        assertEquals(204, post("modelgate-webhook/", "X-Hub-Signature-256", "sha256=" + hmac(SECRET, BODY), BODY));
        for (int i = 0; i < 100 && job.getLastBuild() == null; i++) {
            Thread.sleep(100);
        }
        assertEquals(1, job.getLastBuild().getNumber());
        jenkins.waitUntilNoActivity();
        assertEquals(204, post("modelgate-webhook/models", "X-Gitea-Signature", hmac(SECRET, BODY), BODY));
        assertEquals(204, post("modelgate-webhook", "X-Gitlab-Token", SECRET, BODY));
        jenkins.waitUntilNoActivity();
        assertEquals(1, job.getLastBuild().getNumber());
    }

    @Test
    void withoutTheRightSignatureEveryPathIsRefused() throws Exception {
        for (boolean configured : new boolean[] {false, true}) {
            if (configured) {
                secret(SECRET);
            }
            for (String path :
                    List.of("", "/", "/models", "/configure", "/displayName", "/iconFileName", "/target/x")) {
                assertEquals(401, post("modelgate-webhook" + path, "X-Other", "x", BODY), path);
                assertEquals(
                        401,
                        post("modelgate-webhook" + path, "X-Hub-Signature-256", "sha256=" + hmac("other", BODY), BODY),
                        path);
            }
        }
        assertEquals(401, post("modelgate-webhook/", "X-Gitea-Signature", hmac(SECRET, BODY), BODY + " "));
        HttpRequest get = HttpRequest.newBuilder(URI.create(jenkins.getURL() + "modelgate-webhook/"))
                .build();
        assertEquals(
                405, client.send(get, HttpResponse.BodyHandlers.discarding()).statusCode());
        assertEquals(403, post("modelgate-webhooks/", "X-Other", "x", BODY));
    }

    @Test
    void aShortSecretTakesNothing() throws Exception {
        secret("short");
        assertEquals(401, post("modelgate-webhook/", "X-Gitea-Signature", hmac("short", BODY), BODY));
    }

    @Test
    void aBodyThatIsTooLongIsNotRead() throws Exception {
        secret(SECRET);
        String longest = "x".repeat(8 << 20);
        assertEquals(204, post("modelgate-webhook/", "X-Gitea-Signature", hmac(SECRET, longest), longest));
        String longer = longest + "x";
        assertEquals(413, post("modelgate-webhook/", "X-Gitea-Signature", hmac(SECRET, longer), longer));
    }

    private int post(String path, String header, String value, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + path))
                .header(header, value)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String hmac(String secret, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }
}
