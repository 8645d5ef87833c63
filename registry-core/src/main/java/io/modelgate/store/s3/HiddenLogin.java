package io.modelgate.store.s3;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.http.Secrets;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Takes out of the words of a server what it was shown: keys, tokens and signatures that it says back. What the SDK says of an answer
 * that it cannot read has the answer in it, so it is not shown at all.
 */
final class HiddenLogin implements ExecutionInterceptor {
    @Override
    public Throwable modifyException(Context.FailedExecution failed, ExecutionAttributes attributes) {
        if (failed.exception() instanceof S3Exception e) {
            return e.awsErrorDetails() == null || failed.httpRequest().isEmpty() ? e : hidden(e, failed);
        }
        boolean isAboutTheAnswer = failed.httpResponse().isPresent()
                && Stream.iterate(failed.exception(), Objects::nonNull, Throwable::getCause)
                        .noneMatch(each -> each instanceof IOException
                                || each instanceof RegistryException
                                || each instanceof AbortedException);
        return isAboutTheAnswer ? SdkClientException.create("", new NoSenseException()) : failed.exception();
    }

    /** An answer that is none. */
    static final class NoSenseException extends IOException {
        private static final long serialVersionUID = 1L;

        NoSenseException() {
            super("the server's answer makes no sense");
        }
    }

    private static S3Exception hidden(S3Exception e, Context.FailedExecution failed) {
        AwsErrorDetails said = e.awsErrorDetails();
        Secrets secrets = Secrets.ofHeaders(failed.httpRequest().orElseThrow().headers());
        return (S3Exception) e.toBuilder()
                .message(secrets.hide(String.valueOf(e.getMessage())))
                .awsErrorDetails(said.toBuilder()
                        .errorMessage(said.errorMessage() == null ? null : secrets.hide(said.errorMessage()))
                        .errorCode(said.errorCode() == null ? null : secrets.hide(said.errorCode()))
                        .sdkHttpResponse(hidden(said.sdkHttpResponse(), secrets))
                        .build())
                .build();
    }

    private static @Nullable SdkHttpResponse hidden(@Nullable SdkHttpResponse response, Secrets secrets) {
        return response == null
                ? null
                : response.toBuilder()
                        .headers(response.headers().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        header -> header.getValue().stream()
                                                .map(secrets::hide)
                                                .toList())))
                        .build();
    }
}
