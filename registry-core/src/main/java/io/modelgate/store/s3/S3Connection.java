package io.modelgate.store.s3;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import io.modelgate.store.GivenUpException;
import io.modelgate.store.GivenVariables;
import io.modelgate.store.http.Limits;
import io.modelgate.store.http.Patience;
import io.modelgate.store.http.RetryAfter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Asks a server, and again when it is busy. What it refuses comes out as the {@link S3Exception} that it is; {@link #refusal} has
 * the words. The SDK itself asks once: it would wait for as long as a server wishes.
 */
final class S3Connection {
    private static final String RETRY_AFTER = "Retry-After";
    /** Some servers copy all parts of an upload before they answer. */
    private static final Duration LONG_SILENCE = Duration.ofMinutes(15);

    private static final int LONGEST_WORDS = 200;

    private final S3Address address;
    private final GivenVariables given;
    private final S3Credentials credentials;
    private final Limits limits;
    private final PartBuffers buffers = new PartBuffers();
    private @Nullable S3Client client;
    private @Nullable S3Client patientClient;
    private @Nullable S3Settings settings;

    /**
     * @param given variables that count before the process's own
     * @param limits how long the server is waited for
     */
    S3Connection(S3Address address, GivenVariables given, Limits limits) {
        this.address = address;
        this.given = given;
        this.credentials = new S3Credentials(address, given);
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    /** Room for what is sent to this server, and to no other. */
    PartBuffers buffers() {
        return buffers;
    }

    S3Address address() {
        return address;
    }

    /** Asks until it has an answer, whether the server is busy or not to be reached; see {@link Patience}. */
    <T> T ask(Function<S3Client, T> question) throws IOException {
        Patience patience = new Patience(limits);
        while (true) {
            try {
                return askWhileBusy(question, this::client, patience);
            } catch (InterruptedIOException | GivenUpException e) {
                throw e;
            } catch (IOException e) {
                if (!patience.againAfterBreak()) {
                    throw e;
                }
            }
        }
    }

    /** Asks again only while the server is busy; whoever reads bytes knows himself how to go on after other trouble. */
    <T> T askWhileBusy(Function<S3Client, T> question) throws IOException {
        return askWhileBusy(question, this::client, new Patience(limits));
    }

    /** The same of a question that takes a server long to answer. */
    <T> T askPatiently(Function<S3Client, T> question) throws IOException {
        return askWhileBusy(question, this::patientClient, new Patience(limits));
    }

    private <T> T askWhileBusy(Function<S3Client, T> question, Supplier<S3Client> of, Patience patience)
            throws IOException {
        while (true) {
            try {
                return question.apply(opened(of));
            } catch (S3Exception e) {
                if (!S3Refusal.isBusy(e)) {
                    throw e;
                }
                if (!patience.again(S3Refusal.header(e, RETRY_AFTER))) {
                    throw busy(e);
                }
            } catch (SdkException e) {
                throw trouble(e);
            } catch (StackOverflowError e) {
                // The SDK reads XML by calling itself for each level.
                throw RegistryException.environment(
                        "Store " + address + ": the server's answer is nested too deeply to be read.",
                        "Check the address in registry.yaml, or ask whoever runs the server.",
                        e);
            }
        }
    }

    /** The SDK reads the user's files when it is first asked. */
    private S3Client opened(Supplier<S3Client> of) {
        try {
            return of.get();
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            throw unusable(e);
        }
    }

    private RegistryException unusable(RuntimeException e) {
        return RegistryException.environment(
                "Store " + address + ": the settings for AWS cannot be used: "
                        + Text.said(String.valueOf(e.getMessage()), LONGEST_WORDS),
                "Correct ~/.aws/config, ~/.aws/credentials and the variables that begin with AWS_.",
                e);
    }

    RegistryException refusal(S3Exception e) {
        return S3Refusal.of(address, settings(), e);
    }

    private synchronized S3Client client() {
        if (client == null) {
            client = connect(settings(), limits);
        }
        return client;
    }

    private synchronized S3Client patientClient() {
        if (patientClient == null) {
            patientClient = connect(settings(), limits.bearing(LONG_SILENCE));
        }
        return patientClient;
    }

    private synchronized S3Settings settings() {
        if (settings == null) {
            settings = S3Settings.of(address, given);
        }
        return settings;
    }

    private S3Client connect(S3Settings to, Limits within) {
        return S3Client.builder()
                .endpointOverride(to.endpoint())
                .region(Region.of(to.region()))
                .credentialsProvider(credentials)
                .forcePathStyle(address.pathStyle())
                .dualstackEnabled(false)
                .fipsEnabled(false)
                .disableS3ExpressSessionAuth(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Bodies in the SDK's own chunks are what many servers do not understand.
                .serviceConfiguration(each -> each.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                .overrideConfiguration(each ->
                        each.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(new HiddenLogin()))
                .httpClient(new LimitedHttpClient(
                        new WireHttpClient(within), within.silence().plus(within.connect())))
                .build();
    }

    /** What is behind trouble that the SDK tells of, which hides it well. */
    private IOException trouble(SdkException e) {
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
            return new InterruptedIOException("interrupted");
        }
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof RegistryException told) {
                throw told;
            }
            if (each instanceof IOException io) {
                return io;
            }
        }
        throw unusable(e);
    }

    /** Asked often enough; who goes on with a file later finds what was sent. */
    private static GivenUpException busy(S3Exception e) {
        String wish = S3Refusal.header(e, RETRY_AFTER)
                .flatMap(text -> RetryAfter.parse(text, Instant.now()))
                .map(wait -> " and asks to wait for " + wait.toSeconds() + " s")
                .orElse("");
        return new GivenUpException(
                "the server is too busy (HTTP " + e.statusCode() + ' ' + S3Refusal.code(e) + ")" + wish,
                "Wait a while and run the command again: what is complete already is kept.",
                e);
    }
}
