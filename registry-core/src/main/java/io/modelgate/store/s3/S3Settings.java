package io.modelgate.store.s3;

import io.modelgate.store.GivenVariables;
import java.net.URI;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;

/**
 * What is asked of whom: the address always comes from {@code registry.yaml}, and never from {@code AWS_ENDPOINT_URL} or a profile,
 * which could send the bytes of a model elsewhere.
 *
 * @param region for the signature
 * @param endpoint the server
 */
record S3Settings(String region, URI endpoint) {
    /** Where Amazon's buckets are unless somebody says something else. */
    private static final String COMMON_REGION = "us-east-1";

    static S3Settings of(S3Address address, GivenVariables given) {
        String region =
                address.region().or(() -> GivenCredentials.region(given)).orElseGet(S3Settings::usersRegion);
        return new S3Settings(region, address.endpoint().orElseGet(() -> amazon(region)));
    }

    private static URI amazon(String region) {
        String suffix = PartitionMetadata.of(Region.of(region)).dnsSuffix();
        return URI.create("https://s3." + region + "." + suffix);
    }

    /** As the environment or the profile says; the metadata of an instance are not asked. */
    private static String usersRegion() {
        try {
            return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion()
                    .id();
        } catch (SdkException e) {
            return COMMON_REGION;
        }
    }

    /** Whether there is such a profile, or should be one. */
    static boolean hasProfile() {
        return ProfileFileSystemSetting.AWS_PROFILE.getNonDefaultStringValue().isPresent()
                || ProfileFile.defaultProfileFile().profile(profile()).isPresent();
    }

    static String profile() {
        return ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
    }
}
