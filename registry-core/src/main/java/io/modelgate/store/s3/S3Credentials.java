package io.modelgate.store.s3;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.GivenVariables;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.utils.SystemSetting;

/**
 * The user's own credentials, from the places and in the order that all tools for AWS look at. Unlike the SDK's own chain it says in one
 * line what is wrong with the place that the user has set up, or that there is none, and never what a profile contains.
 */
final class S3Credentials implements AwsCredentialsProvider {
    private static final int LONGEST_REASON = 200;

    /** A place to look at; made when it is its turn, since some cost a lot. */
    static final class Place {
        private final String words;
        private final BooleanSupplier isSetUp;
        private final Supplier<AwsCredentialsProvider> maker;
        private Optional<AwsCredentialsProvider> made = Optional.empty();

        /** @param isSetUp whether the user means this place, so that what is wrong with it is worth saying */
        Place(String words, BooleanSupplier isSetUp, Supplier<AwsCredentialsProvider> maker) {
            this.words = words;
            this.isSetUp = isSetUp;
            this.maker = maker;
        }

        AwsCredentials ask() {
            if (made.isEmpty()) {
                made = Optional.of(maker.get());
            }
            return made.orElseThrow().resolveCredentials();
        }

        Optional<String> trouble(RuntimeException e) {
            return isSetUp.getAsBoolean() ? Optional.of(words + " (" + reason(e) + ")") : Optional.empty();
        }
    }

    private final S3Address address;
    private final List<Place> places;
    private Optional<Place> good = Optional.empty();

    /**
     * @param address whose store they are for, to say so
     * @param given is looked at before what the process has
     */
    S3Credentials(S3Address address, GivenVariables given) {
        this.address = address;
        this.places =
                Stream.concat(GivenCredentials.of(given), ofProcess().stream()).toList();
    }

    private static List<Place> ofProcess() {
        return List.of(
                new Place(
                        "the properties aws.accessKeyId and aws.secretAccessKey of Java",
                        () -> System.getProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property()) != null,
                        SystemPropertyCredentialsProvider::create),
                new Place(
                        "the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                        () -> System.getenv(SdkSystemSetting.AWS_ACCESS_KEY_ID.environmentVariable()) != null
                                || System.getenv(SdkSystemSetting.AWS_SECRET_ACCESS_KEY.environmentVariable()) != null,
                        EnvironmentVariableCredentialsProvider::create),
                new Place(
                        "the web identity of AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN",
                        () -> isSet(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE),
                        () -> WebIdentityTokenFileCredentialsProvider.builder().build()),
                new Place(
                        "profile " + S3Settings.profile() + " in ~/.aws/config and ~/.aws/credentials",
                        S3Settings::hasProfile,
                        () -> ProfileCredentialsProvider.builder().build()),
                new Place(
                        "the container's AWS_CONTAINER_CREDENTIALS_FULL_URI",
                        () -> isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI)
                                || isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI),
                        () -> ContainerCredentialsProvider.builder().build()),
                new Place(
                        "the metadata of the instance",
                        () -> false,
                        () -> InstanceProfileCredentialsProvider.builder().build()));
    }

    private static boolean isSet(SystemSetting setting) {
        return setting.getNonDefaultStringValue().isPresent();
    }

    /** One thread looks, the others wait for what it finds. */
    @Override
    public synchronized AwsCredentials resolveCredentials() {
        if (good.isPresent()) {
            return good.get().ask();
        }
        List<String> troubles = new ArrayList<>();
        for (Place place : places) {
            try {
                AwsCredentials credentials = place.ask();
                good = Optional.of(place);
                return credentials;
            } catch (SdkException | IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
                place.trouble(e).ifPresent(troubles::add);
            }
        }
        throw troubles.isEmpty() ? none() : unusable(troubles);
    }

    private RegistryException none() {
        return RegistryException.environment(
                "Store " + address + ": you have no credentials for S3.",
                "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE, or log in with 'aws sso login'.",
                null);
    }

    private RegistryException unusable(List<String> troubles) {
        return RegistryException.environment(
                "Store " + address + ": your credentials for S3 cannot be used: " + String.join("; ", troubles) + ".",
                "Correct that, or log in anew, such as with 'aws sso login'.",
                null);
    }

    /** The first sentence, short; what the SDK tells of profiles beyond it is for its own authors. */
    private static String reason(RuntimeException e) {
        if (e instanceof UncheckedIOException io && io.getCause() instanceof NoSuchFileException none) {
            return "there is no file " + none.getMessage();
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
