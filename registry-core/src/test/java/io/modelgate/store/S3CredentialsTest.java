package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials come from where other tools for AWS take them. Each place is played, and none on another machine is asked. */
class S3CredentialsTest {
    private static final FileDigest FILE = ArtifactStoreContract.describe("a", ArtifactStoreContract.random(10));
    private static final String JSON =
            "{\"Version\": 1, \"AccessKeyId\": \"%s\", \"SecretAccessKey\": \"s\", \"Token\": \"t\", \"Code\": \"Success\","
                    + " \"Expiration\": \"2099-01-01T00:00:00Z\"}";

    @TempDir
    Path work;

    private final List<String> set = new ArrayList<>();

    @BeforeEach
    void playAnEmptyHome() {
        set("aws.configFile", work.resolve("config").toString());
        set("aws.sharedCredentialsFile", work.resolve("credentials").toString());
        set("aws.disableEc2Metadata", "true");
    }

    @AfterEach
    void forget() {
        set.forEach(System::clearProperty);
    }

    @Test
    void takesAKeyFromAProfile() throws IOException {
        Files.writeString(work.resolve("credentials"), """
                [default]
                aws_access_key_id = DEFAULT
                aws_secret_access_key = s
                [risk]
                aws_access_key_id = RISK
                aws_secret_access_key = s
                """);
        assertThat(keyAndRegion()).isEqualTo("DEFAULT us-east-1");
        Files.writeString(work.resolve("config"), """
                [profile risk]
                region = eu-west-3
                endpoint_url = http://127.0.0.1:9
                """);
        set("aws.profile", "risk");
        assertThat(keyAndRegion()).isEqualTo("RISK eu-west-3");
    }

    @Test
    void asksTheProgramOfAProfile() throws IOException {
        Path answer = Files.writeString(work.resolve("answer"), JSON.formatted("PROGRAM"));
        Files.writeString(work.resolve("config"), "[default]\ncredential_process = cat " + answer + "\n");
        assertThat(keyAndRegion()).startsWith("PROGRAM ");
    }

    @Test
    void showsTheTokenOfASession() throws IOException {
        Files.writeString(work.resolve("credentials"), """
                [default]
                aws_access_key_id = SESSION
                aws_secret_access_key = s
                aws_session_token = of-the-session
                """);
        List<String> shown = new CopyOnWriteArrayList<>();
        try (PlayedS3 server = new PlayedS3(exchange -> {
            shown.add(exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"));
            PlayedS3.refuse(exchange, 404, "NoSuchKey", "none");
        })) {
            assertThat(server.store().verify(FILE)).isEqualTo(Verification.MISSING);
        }
        assertThat(shown).containsOnly("of-the-session");
    }

    @Test
    void saysWhatIsWrongWithThePlaceThatIsSetUpAndNothingElse() throws IOException {
        Files.writeString(work.resolve("config"), "[default]\ncredential_process = /bin/false never-to-be-told\n");
        unusable(
                "profile default in ~/.aws/config and ~/.aws/credentials (Failed to refresh process-based credentials)");
        Files.writeString(work.resolve("config"), """
                [default]
                sso_start_url = https://acme.example/start
                sso_region = eu-west-1
                sso_account_id = 123456789012
                sso_role_name = models
                """);
        unusable(
                "profile default in ~/.aws/config and ~/.aws/credentials (The SSO session associated with this profile has"
                        + " expired or is otherwise invalid)");
        Files.delete(work.resolve("config"));
        set("aws.profile", "risk");
        unusable(
                "profile risk in ~/.aws/config and ~/.aws/credentials (Profile file contained no credentials for profile 'risk')");
        System.clearProperty("aws.profile");
        set("aws.webIdentityTokenFile", work.resolve("none").toString());
        set("aws.roleArn", "arn:aws:iam::123456789012:role/models");
        unusable("the web identity of AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN (there is no file "
                + work.resolve("none") + ")");
    }

    private static void unusable(String why) throws IOException {
        try (PlayedS3 server = new PlayedS3(exchange -> PlayedS3.say(exchange, 200, ""))) {
            ArtifactStoreContract.refuses(
                            RegistryException.Kind.ENVIRONMENT,
                            () -> server.store().verify(FILE))
                    .hasMessage("Store s3://models/ours at " + server.url()
                            + ": your credentials for S3 cannot be used: " + why + ".");
            assertThat(server.asked).isEmpty();
        }
    }

    @Test
    void exchangesAWebIdentityForARole() throws IOException {
        Path token = Files.writeString(work.resolve("token"), "a.web.token");
        try (PlayedS3 sts = new PlayedS3(exchange -> PlayedS3.say(
                exchange,
                200,
                "<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>"
                        + "<AccessKeyId>WEB</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
                        + "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials><AssumedRoleUser>"
                        + "<Arn>arn:aws:sts::1:assumed-role/r/s</Arn><AssumedRoleId>x</AssumedRoleId></AssumedRoleUser>"
                        + "</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>"))) {
            set("aws.webIdentityTokenFile", token.toString());
            set("aws.roleArn", "arn:aws:iam::123456789012:role/models");
            set("aws.endpointUrlSts", sts.url().toString());
            set("aws.region", "us-east-1");
            assertThat(keyAndRegion()).startsWith("WEB ");
            assertThat(sts.asked).hasSize(1);
        }
    }

    @Test
    void asksTheContainer() throws IOException {
        try (PlayedS3 container = new PlayedS3(exchange -> PlayedS3.say(exchange, 200, JSON.formatted("CONTAINER")))) {
            set("aws.containerCredentialsFullUri", container.url() + "/role");
            assertThat(keyAndRegion()).startsWith("CONTAINER ");
        }
    }

    @Test
    void asksTheInstance() throws IOException {
        try (PlayedS3 metadata = new PlayedS3(S3CredentialsTest::metadata)) {
            set("aws.disableEc2Metadata", "false");
            set("aws.ec2MetadataServiceEndpoint", metadata.url().toString());
            assertThat(keyAndRegion()).startsWith("INSTANCE ");
        }
    }

    private static void metadata(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/api/token")) {
            PlayedS3.say(exchange, 200, "a-token");
        } else {
            PlayedS3.say(exchange, 200, path.endsWith("/models") ? JSON.formatted("INSTANCE") : "models");
        }
    }

    /** Whose key a request is signed with, and for which region. */
    private static String keyAndRegion() throws IOException {
        List<String> signed = new CopyOnWriteArrayList<>();
        try (PlayedS3 server = new PlayedS3(exchange -> {
            signed.add(exchange.getRequestHeaders().getFirst("Authorization"));
            PlayedS3.refuse(exchange, 404, "NoSuchKey", "none");
        })) {
            assertThat(server.store().verify(FILE)).isEqualTo(Verification.MISSING);
        }
        String[] scope =
                signed.get(0).replaceAll(".*Credential=([^,]+),.*", "$1").split("/", -1);
        return scope[0] + " " + scope[2];
    }

    private void set(String name, String value) {
        System.setProperty(name, value);
        set.add(name);
    }
}
