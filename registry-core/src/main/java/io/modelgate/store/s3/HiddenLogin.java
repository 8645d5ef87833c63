package io.modelgate.store.s3;

import io.modelgate.store.http.Secrets;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Takes out of the words of a server what it was shown: keys, tokens and signatures that it says back. */
final class HiddenLogin implements ExecutionInterceptor {
    @Override
    public Throwable modifyException(Context.FailedExecution failed, ExecutionAttributes attributes) {
        if (!(failed.exception() instanceof S3Exception e)
                || e.awsErrorDetails() == null
                || failed.httpRequest().isEmpty()) {
            return failed.exception();
        }
        AwsErrorDetails said = e.awsErrorDetails();
        Secrets secrets = Secrets.ofHeaders(failed.httpRequest().get().headers());
        return e.toBuilder()
                .message(secrets.hide(String.valueOf(e.getMessage())))
                .awsErrorDetails(said.toBuilder()
                        .errorMessage(said.errorMessage() == null ? null : secrets.hide(said.errorMessage()))
                        .errorCode(said.errorCode() == null ? null : secrets.hide(said.errorCode()))
                        .build())
                .build();
    }
}
