package io.modelgate.store.s3;

import io.modelgate.store.GivenVariables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;

/** Credentials for S3 that given variables have or name, under the names and in the order of all tools for AWS. */
final class GivenCredentials {
    private static final String KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
    private static final String SESSION = "AWS_SESSION_TOKEN";
    private static final String IDENTITY = "AWS_WEB_IDENTITY_TOKEN_FILE";
    private static final String ROLE = "AWS_ROLE_ARN";
    private static final String ROLE_SESSION = "AWS_ROLE_SESSION_NAME";
    private static final String PROFILE = "AWS_PROFILE";
    private static final String CONFIG = "AWS_CONFIG_FILE";
    private static final String CREDENTIALS = "AWS_SHARED_CREDENTIALS_FILE";
    private static final String REGION = "AWS_REGION";
    private static final String DEFAULT_REGION = "AWS_DEFAULT_REGION";

    static final Set<String> VARIABLES = Set.of(
            KEY, SECRET, SESSION, IDENTITY, ROLE, ROLE_SESSION, PROFILE, CONFIG, CREDENTIALS, REGION, DEFAULT_REGION);

    private GivenCredentials() {}

    /** The places that the variables name, the first to be believed first. */
    static Stream<S3Credentials.Place> of(GivenVariables given) {
        return Stream.of(keys(given), identity(given), profile(given)).flatMap(Optional::stream);
    }

    static Optional<String> region(GivenVariables given) {
        return given.first(REGION, DEFAULT_REGION)
                .or(() -> given.first(PROFILE)
                        .flatMap(name -> profiles(given).profile(name).flatMap(profile -> profile.property("region"))));
    }

    private static Optional<S3Credentials.Place> keys(GivenVariables given) {
        return given.first(KEY)
                .flatMap(key -> given.first(SECRET).map(secret -> credentials(key, secret, given.first(SESSION))))
                .map(credentials -> new S3Credentials.Place(
                        "the given " + KEY + " and " + SECRET,
                        () -> true,
                        () -> StaticCredentialsProvider.create(credentials)));
    }

    private static AwsCredentials credentials(String key, String secret, Optional<String> session) {
        return session.isPresent()
                ? AwsSessionCredentials.create(key, secret, session.get())
                : AwsBasicCredentials.create(key, secret);
    }

    private static Optional<S3Credentials.Place> identity(GivenVariables given) {
        return given.first(IDENTITY)
                .flatMap(file -> given.first(ROLE)
                        .map(role -> new S3Credentials.Place(
                                "the web identity of the given " + IDENTITY + " and " + ROLE,
                                () -> true,
                                () -> WebIdentityTokenFileCredentialsProvider.builder()
                                        .webIdentityTokenFile(Path.of(file))
                                        .roleArn(role)
                                        .roleSessionName(
                                                given.first(ROLE_SESSION).orElse(null))
                                        .build())));
    }

    private static Optional<S3Credentials.Place> profile(GivenVariables given) {
        if (given.first(PROFILE, CONFIG, CREDENTIALS).isEmpty()) {
            return Optional.empty();
        }
        String name = given.first(PROFILE).orElseGet(S3Settings::profile);
        return Optional.of(new S3Credentials.Place(
                "the given profile " + name,
                () -> true,
                () -> ProfileCredentialsProvider.builder()
                        .profileFile(profiles(given))
                        .profileName(name)
                        .build()));
    }

    private static ProfileFile profiles(GivenVariables given) {
        ProfileFile.Aggregator all = ProfileFile.aggregator();
        add(all, given.first(CREDENTIALS), ProfileFileLocation.credentialsFileLocation(), ProfileFile.Type.CREDENTIALS);
        add(all, given.first(CONFIG), ProfileFileLocation.configurationFileLocation(), ProfileFile.Type.CONFIGURATION);
        return all.build();
    }

    private static void add(
            ProfileFile.Aggregator all, Optional<String> named, Optional<Path> usual, ProfileFile.Type type) {
        named.map(Path::of)
                .or(() -> usual)
                .filter(Files::isRegularFile)
                .ifPresent(file -> all.addFile(
                        ProfileFile.builder().content(file).type(type).build()));
    }
}
