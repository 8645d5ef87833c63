package io.modelgate.store.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.modelgate.manifest.StoreLocation;
import io.modelgate.store.GivenVariables;
import io.modelgate.store.StoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class GivenCredentialsTest {
    @TempDir
    Path home;

    @BeforeEach
    void giveTheProcessItsOwn() {
        System.setProperty("aws.accessKeyId", "process");
        System.setProperty("aws.secretAccessKey", "process-secret");
    }

    @AfterEach
    void takeThemBack() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    private static S3Credentials credentials(GivenVariables given) {
        StoreKind.Site site = new StoreKind.Site("main", StoreLocation.of("s3://models"), Path.of(""));
        return new S3Credentials(S3Address.of(site), given);
    }

    private static AwsCredentials found(Map<String, String> given) {
        return credentials(GivenVariables.of(given)).resolveCredentials();
    }

    @Test
    void goesByWhatIsGivenBeforeWhatTheProcessHas() {
        AwsCredentials given = found(Map.of("AWS_ACCESS_KEY_ID", "build", "AWS_SECRET_ACCESS_KEY", "s"));
        assertEquals("build", given.accessKeyId());
        assertFalse(given instanceof AwsSessionCredentials);
        assertEquals("process", found(Map.of()).accessKeyId());
    }

    @Test
    void takesTheTokenOfASession() {
        AwsCredentials given =
                found(Map.of("AWS_ACCESS_KEY_ID", "build", "AWS_SECRET_ACCESS_KEY", "s", "AWS_SESSION_TOKEN", "token"));
        assertEquals("token", assertSession(given).sessionToken());
    }

    private static AwsSessionCredentials assertSession(AwsCredentials given) {
        assertTrue(given instanceof AwsSessionCredentials);
        return (AwsSessionCredentials) given;
    }

    @Test
    void takesNoHalfOfALoginAndNoBlankOne() {
        assertEquals("process", found(Map.of("AWS_ACCESS_KEY_ID", "build")).accessKeyId());
        assertEquals(
                "process",
                found(Map.of("AWS_ACCESS_KEY_ID", "build", "AWS_SECRET_ACCESS_KEY", " "))
                        .accessKeyId());
    }

    @Test
    void readsTheProfileAndItsRegionFromFilesThatAreNamed() throws IOException {
        Path credentials = Files.writeString(
                home.resolve("credentials"), "[lab]\naws_access_key_id = of-lab\naws_secret_access_key = s\n");
        Path config = Files.writeString(home.resolve("config"), "[profile lab]\nregion = eu-central-1\n");
        Map<String, String> given = Map.of(
                "AWS_PROFILE",
                "lab",
                "AWS_SHARED_CREDENTIALS_FILE",
                credentials.toString(),
                "AWS_CONFIG_FILE",
                config.toString());
        assertEquals("of-lab", found(given).accessKeyId());
        assertEquals(Optional.of("eu-central-1"), GivenCredentials.region(GivenVariables.of(given)));
        assertEquals(
                Optional.of("us-west-2"),
                GivenCredentials.region(GivenVariables.of(Map.of(
                        "AWS_DEFAULT_REGION",
                        "us-west-2",
                        "AWS_PROFILE",
                        "lab",
                        "AWS_CONFIG_FILE",
                        config.toString()))));
    }

    @Test
    void looksAtTheProcessWhenAGivenProfileIsNotThere() throws IOException {
        Path empty = Files.writeString(home.resolve("credentials"), "");
        assertEquals(
                "process",
                found(Map.of("AWS_PROFILE", "nobody", "AWS_SHARED_CREDENTIALS_FILE", empty.toString()))
                        .accessKeyId());
    }

    @Test
    void showsNoValue() {
        GivenVariables given =
                GivenVariables.of(Map.of("AWS_ACCESS_KEY_ID", "key-id", "AWS_SECRET_ACCESS_KEY", "hidden"));
        String words = Stream.of(
                        given,
                        new StoreKind.Site("main", StoreLocation.of("s3://models"), home, given),
                        credentials(given))
                .map(Object::toString)
                .reduce("", String::concat);
        assertFalse(words.contains("hidden") || words.contains("key-id"), words);
    }

    @Test
    void readsNothingOfFilesThatAreNone() {
        Map<String, String> given = Map.of(
                "AWS_PROFILE", "lab", "AWS_CONFIG_FILE", home.resolve("none").toString());
        assertEquals(Optional.empty(), GivenCredentials.region(GivenVariables.of(given)));
        assertEquals("process", found(given).accessKeyId());
    }
}
