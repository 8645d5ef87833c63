package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ModelgateConfigurationTest {
    private static final String TOKEN = "tok-9f8e7d6c5b4a-secret";
    private static final String SETTINGS = "/descriptorByName/io.jenkins.plugins.modelgate.RegistrySettings/";
    private static final String GLOBAL = "/descriptorByName/io.jenkins.plugins.modelgate.ModelgateConfiguration/";

    @TempDir
    Path folder;

    private JenkinsRule jenkins;

    @BeforeEach
    void begin(JenkinsRule rule) throws Exception {
        jenkins = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "bot", "", Secret.fromString(TOKEN)));
        SystemCredentialsProvider.getInstance().save();
    }

    @Test
    void isReadFromCodeAndExportedWithoutASecret() throws Exception {
        Path code = Files.writeString(folder.resolve("jenkins.yaml"), """
                unclassified:
                  modelgate:
                    hookSecretCredentialsId: bot
                    registries:
                      - id: models
                        location: https://git.example.com/models/registry.git
                        credentialsId: bot
                        host: gitea=https://git.example.com
                      - id: local
                        location: /srv/registry.git
                        user: jenkins
                        logins: "ann = a.smith"
                """);
        ConfigurationAsCode.get().configure(code.toString());
        List<RegistrySettings> read = ModelgateConfiguration.get().getRegistries();
        assertEquals(
                List.of("models", "local"),
                read.stream().map(RegistrySettings::getId).toList());
        assertEquals("bot", read.get(0).getCredentialsId());
        assertEquals("gitea=https://git.example.com", read.get(0).getHost());
        assertEquals("jenkins", read.get(1).getUser());
        assertEquals("a.smith", read.get(1).login("Ann"));
        assertEquals("ben", read.get(1).login("ben"));
        assertEquals("bot", ModelgateConfiguration.get().getHookSecretCredentialsId());

        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(written);
        String export = written.toString(StandardCharsets.UTF_8);
        String ours = export.substring(export.indexOf("  modelgate:"));
        assertTrue(ours.contains("location: \"https://git.example.com/models/registry.git\""), ours);
        assertTrue(ours.contains("credentialsId: \"bot\""), ours);
        assertTrue(ours.contains("hookSecretCredentialsId: \"bot\""), ours);
        assertFalse(export.contains(TOKEN));
    }

    @Test
    void staysTheSameWhenThePageIsSaved() throws Exception {
        RegistrySettings first = new RegistrySettings("models", "https://git.example.com/models/registry.git");
        first.setCredentialsId("bot");
        first.setHost("gitea=https://git.example.com");
        RegistrySettings second = new RegistrySettings("local", "/srv/registry.git");
        second.setUser("jenkins");
        ModelgateConfiguration.get().setRegistries(List.of(first, second));
        ModelgateConfiguration.get().setHookSecretCredentialsId("bot");
        jenkins.configRoundtrip();
        List<RegistrySettings> kept = ModelgateConfiguration.get().getRegistries();
        assertEquals(2, kept.size());
        jenkins.assertEqualDataBoundBeans(first, kept.get(0));
        jenkins.assertEqualDataBoundBeans(second, kept.get(1));
        assertEquals("bot", ModelgateConfiguration.get().getHookSecretCredentialsId());
        ModelgateConfiguration.get().setRegistries(List.of());
        ModelgateConfiguration.get().setHookSecretCredentialsId("");
        jenkins.configRoundtrip();
        assertEquals(List.of(), ModelgateConfiguration.get().getRegistries());
        assertNull(ModelgateConfiguration.get().getHookSecretCredentialsId());
    }

    @Test
    void testsTheConnectionAsTyped() throws Exception {
        String repository = new RegistryFixture(folder).repository().toString();
        String right = post("admin", SETTINGS + "testConnection?id=x&location=" + repository + "&user=jenkins", 200);
        assertTrue(right.contains("The registry test, stages [dev, uat]; here Jenkins is jenkins."), right);
        String wrong = post("admin", SETTINGS + "testConnection?id=x&location=" + folder.resolve("none"), 200);
        assertTrue(wrong.contains("class=\"error\""), wrong);
        assertFalse(wrong.contains("\tat "), wrong);
        assertTrue(post("admin", SETTINGS + "checkId?value=-", 200).contains("A name of letters"));
        assertTrue(post("admin", SETTINGS + "checkLocation?value=https://me:pw@git.example.com/r", 200)
                .contains("holds a password"));
        assertTrue(post("admin", SETTINGS + "fillCredentialsIdItems?credentialsId=", 200)
                .contains("\"bot\""));
    }

    @Test
    void asksNothingForThoseWhoDoNotAdminister() throws Exception {
        secure();
        for (String method : List.of(
                SETTINGS + "testConnection?id=x&location=/srv/x",
                SETTINGS + "checkId?value=x",
                SETTINGS + "checkLocation?value=x",
                SETTINGS + "fillCredentialsIdItems?credentialsId=x",
                GLOBAL + "fillHookSecretCredentialsIdItems?hookSecretCredentialsId=x")) {
            String answer = post("user", method, 403);
            assertFalse(answer.contains("\"bot\""), answer);
            request("admin", method, HttpMethod.GET, 404);
            request("user", method, HttpMethod.GET, 404);
        }
        String shown = post("auditor", SETTINGS + "fillCredentialsIdItems?credentialsId=mine", 200);
        assertTrue(shown.contains("mine"), shown);
        assertFalse(shown.contains("bot"), shown);
    }

    private void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("auditor")
                .grant(Jenkins.READ)
                .everywhere()
                .to("user"));
    }

    private String post(String user, String path, int status) throws Exception {
        return request(user, path, HttpMethod.POST, status);
    }

    private String request(String user, String path, HttpMethod method, int status) throws Exception {
        if (!jenkins.jenkins.isUseSecurity()) {
            secure();
        }
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.withThrowExceptionOnFailingStatusCode(false).login(user);
            WebRequest request = new WebRequest(new URL(jenkins.getURL() + path.substring(1)), method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            var response = client.getPage(request).getWebResponse();
            assertEquals(status, response.getStatusCode(), method + " " + path);
            return response.getContentAsString();
        }
    }
}
