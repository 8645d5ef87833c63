package io.modelgate.store.s3;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import io.modelgate.store.http.Patience;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in words why S3 would not, and what to do. */
final class S3Refusal {
    private static final Set<String> BUSY_CODES = Set.of(
            "SlowDown",
            "InternalError",
            "RequestTimeout",
            "ServiceUnavailable",
            "Throttling",
            "OperationAborted",
            "ConditionalRequestConflict");
    private static final Set<String> MISSING = Set.of("", "NoSuchKey", "NotFound", "NoSuchVersion");
    private static final Set<String> WRONG_KEY =
            Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSecurity", "XAdminUserNotFound");
    private static final Set<String> OLD_KEY =
            Set.of("ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,25}");
    private static final Pattern EXPECTED_REGION = Pattern.compile("expecting ['\"]([^'\"]*)['\"]");
    private static final int LONGEST_WORDS = 300;

    private final S3Address address;
    private final S3Exception e;
    private final String code;

    private S3Refusal(S3Address address, S3Exception e) {
        this.address = address;
        this.e = e;
        this.code = code(e);
    }

    /** The name that S3 has for an error; empty where an answer has no body. */
    static String code(S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    /** Whether an answer 404 is about the object: buckets and access keys that a server does not know have that number, too. */
    static boolean isMissingObject(S3Exception e) {
        return MISSING.contains(code(e));
    }

    /** Whether the same request may be granted a little later. */
    static boolean isBusy(S3Exception e) {
        // A refusal with status 409 has a name; some of them are for good.
        return BUSY_CODES.contains(code(e))
                || (Patience.mayPass(e.statusCode()) && (e.statusCode() != 409 || code(e).isEmpty()));
    }

    /** A header of the answer. */
    static Optional<String> header(S3Exception e, String name) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? Optional.empty()
                : details.sdkHttpResponse().firstMatchingHeader(name);
    }

    static RegistryException of(S3Address address, S3Settings settings, S3Exception e) {
        return new S3Refusal(address, e).words(settings);
    }

    private RegistryException words(S3Settings settings) {
        Optional<String> region = region().filter(each -> !each.equals(settings.region()));
        if (region.isPresent()) {
            return refused(
                    "the bucket is in region " + region.get() + ", and " + settings.region() + " was asked",
                    "Write 'region: " + region.get() + "' for this store in registry.yaml.");
        }
        if (e.statusCode() >= 300 && e.statusCode() < 400) {
            return refused(
                    "the server sends on to another address, and credentials are never sent there",
                    "Write the right endpoint and region of this store in registry.yaml.");
        }
        if (WRONG_KEY.contains(code)) {
            return refused(
                    !code.equals("SignatureDoesNotMatch")
                            ? "the server does not know your access key"
                            : "your secret key is not the right one for your access key",
                    "Correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile in ~/.aws/credentials.");
        }
        if (OLD_KEY.contains(code)) {
            return refused(
                    "your credentials have expired", "Log in anew, such as with 'aws sso login', and run it again.");
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return refused("the clock of this machine is wrong", "Set it right, then run the command again.");
        }
        if (e.statusCode() == 401 || e.statusCode() == 403) {
            return refused(
                    "your credentials do not allow it (" + said() + ")",
                    "Ask whoever owns the bucket for s3:GetObject, s3:PutObject and s3:ListBucket on it; without the last one"
                            + " what is not there looks forbidden.");
        }
        if (e.statusCode() == 404 && (code.isEmpty() || code.equals("NoSuchBucket"))) {
            return refused(
                    "there is no bucket " + address.bucket() + " (" + said() + ")",
                    "Make it, or correct the url and the endpoint in registry.yaml.");
        }
        return refused(
                "the server refuses (" + said() + ")", "Look at the words of the server; its owner can tell more.");
    }

    /** The region that the server names in one of the three ways that it has. */
    private Optional<String> region() {
        return header(e, "x-amz-bucket-region")
                .or(() -> {
                    String words = String.valueOf(
                            e.awsErrorDetails() == null
                                    ? ""
                                    : e.awsErrorDetails().errorMessage());
                    Matcher expected = EXPECTED_REGION.matcher(words);
                    return code.equals("AuthorizationHeaderMalformed") && expected.find()
                            ? Optional.of(expected.group(1))
                            : Optional.empty();
                })
                .filter(each -> REGION.matcher(each).matches());
    }

    private String said() {
        String words = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
        String all =
                "HTTP " + e.statusCode() + (code.isEmpty() ? "" : " " + code) + (words == null ? "" : ": " + words);
        return Text.said(all, LONGEST_WORDS);
    }

    private RegistryException refused(String why, String remedy) {
        return RegistryException.environment("Store " + address + ": " + why + ".", remedy, e);
    }
}
