package io.modelgate.store.s3;

import io.modelgate.finding.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The user's own credentials, from the places and in the order that all tools for AWS look at. Unlike the SDK's own chain it says
 * what was wrong with each place, in words and without what a profile contains.
 */
final class S3Credentials implements AwsCredentialsProvider {
    private static final int LONGEST_REASON = 200;
    private static final Pattern NOT_SET = Pattern.compile(
            "Unable to load credentials from system settings|must be set|environment variables are set");

    /** A place to look at; made when it is its turn, since some cost a lot. */
    private static final class Place {
        private final String words;
        private final Supplier<AwsCredentialsProvider> maker;
        private Optional<AwsCredentialsProvider> made = Optional.empty();

        Place(String words, Supplier<AwsCredentialsProvider> maker) {
            this.words = words;
            this.maker = maker;
        }

        AwsCredentials ask() {
            if (made.isEmpty()) {
                made = Optional.of(maker.get());
            }
            return made.orElseThrow().resolveCredentials();
        }
    }

    private final List<Place> places = List.of(
            new Place(
                    "the properties aws.accessKeyId and aws.secretAccessKey of Java",
                    SystemPropertyCredentialsProvider::create),
            new Place(
                    "the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                    EnvironmentVariableCredentialsProvider::create),
            new Place(
                    "the web identity of AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN",
                    () -> WebIdentityTokenFileCredentialsProvider.builder().build()),
            new Place(
                    "profile " + S3Settings.profile() + " in ~/.aws/config and ~/.aws/credentials",
                    () -> ProfileCredentialsProvider.builder().build()),
            new Place(
                    "the container's AWS_CONTAINER_CREDENTIALS_FULL_URI",
                    () -> ContainerCredentialsProvider.builder().build()),
            new Place(
                    "the metadata of the instance",
                    () -> InstanceProfileCredentialsProvider.builder().build()));

    private Optional<Place> good = Optional.empty();

    /** One thread looks, the others wait for what it finds. */
    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (good.isPresent()) {
            return good.get().ask();
        }
        List<String> reasons = new ArrayList<>();
        for (Place place : places) {
            try {
                AwsCredentials credentials = place.ask();
                good = Optional.of(place);
                return credentials;
            } catch (SdkException | IllegalArgumentException | IllegalStateException e) {
                reasons.add(place.words + " (" + reason(e) + ")");
            }
        }
        throw RegistryException.environment(
                "There are no credentials for S3. Looked at, in this order: " + String.join("; ", reasons) + ".",
                "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE, or log in with 'aws sso login'.",
                null);
    }

    /**
     * The first sentence, short; what the SDK tells of profiles beyond it is for its own authors, and so are the ways in which it
     * says that a variable is not set.
     */
    private static String reason(RuntimeException e) {
        if (NOT_SET.matcher(String.valueOf(e.getMessage())).find()) {
            return "not set";
        }
        String all = String.valueOf(e.getMessage()).replaceAll("ProfileFile\\(.*", "");
        String first = all.split("(?<=[a-z'])\\. |\\R", 2)[0].replaceAll("[\\s.:,]+$", "");
        return first.length() > LONGEST_REASON ? first.substring(0, LONGEST_REASON) + " …" : first;
    }

    @Override
    public String toString() {
        return "the user's credentials";
    }
}
