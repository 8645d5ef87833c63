package io.modelgate.store.s3;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import io.modelgate.store.StoreKind.Site;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in S3 a store is, in the same layout as a folder: {@code <prefix>/sha256/<first two digits>/<all digits>}.
 *
 * @param bucket the name of the bucket
 * @param prefix empty, or ending in a slash
 * @param endpoint of a server that is not Amazon's
 * @param region as {@code registry.yaml} says
 * @param pathStyle whether the bucket is a part of the path and not of the host's name
 */
record S3Address(String bucket, String prefix, Optional<URI> endpoint, Optional<String> region, boolean pathStyle) {
    private static final Pattern SHAPE = Pattern.compile(
            "s3://(?<bucket>[A-Za-z0-9._-]{3,255})(?<prefix>(/[A-Za-z0-9_.!*'()-]+)*)/?", Pattern.CASE_INSENSITIVE);
    /** Amazon's rules for the names of buckets. */
    private static final Pattern BUCKET = Pattern.compile("(?!.*\\.\\.)(?![0-9.]+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern OBJECT = Pattern.compile("(?<two>[0-9a-f]{2})/(?<all>[0-9a-f]{64})");

    static S3Address of(Site site) {
        String url = site.location().url();
        Matcher shape = SHAPE.matcher(url);
        if (!shape.matches() || shape.group("prefix").matches(".*/\\.{1,2}(/.*|$)")) {
            throw refused(site, "its address " + url + " cannot be read", "Write 'url: s3://bucket/prefix'");
        }
        String bucket = shape.group("bucket");
        boolean isOld = site.location().pathStyle().orElse(false); // Some made before 2018 have other names.
        if (!isOld && !BUCKET.matcher(bucket).matches()) {
            throw refused(
                    site,
                    "no bucket can be called " + bucket
                            + ": names have 3 to 63 small letters, digits, dots and hyphens, and begin and end with a letter or digit",
                    "Write the name of a bucket that there is, or 'pathStyle: true' beside it if there is an old one of that name,");
        }
        site.location()
                .region()
                .filter(region -> !REGION.matcher(region).matches())
                .ifPresent(region -> {
                    throw refused(site, "there is no region " + region, "Write it as in 'region: eu-central-1'");
                });
        String prefix = shape.group("prefix");
        return new S3Address(
                bucket,
                prefix.isEmpty() ? "" : prefix.substring(1) + "/",
                site.location().endpoint(),
                site.location().region(),
                site.location().pathStyle().orElse(site.location().endpoint().isPresent()));
    }

    private static RegistryException refused(Site site, String why, String remedy) {
        return RegistryException.environment(
                "Store " + site.name() + ": " + why + ".", remedy + " in registry.yaml.", null);
    }

    /** What the keys of all objects begin with. */
    String objects() {
        return prefix + "sha256/";
    }

    String key(Digest digest) {
        return objects() + digest.hex().substring(0, 2) + "/" + digest.hex();
    }

    /** The digest that a key stands for; empty for keys of something else. */
    Optional<Digest> digest(String key) {
        Matcher object = OBJECT.matcher(
                key.startsWith(objects()) ? key.substring(objects().length()) : "");
        return object.matches() && object.group("all").startsWith(object.group("two"))
                ? Optional.of(Digest.parse("sha256:" + object.group("all")))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1))
                + endpoint.map(each -> " at " + each).orElse("");
    }
}
