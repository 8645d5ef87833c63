package io.modelgate.store.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Ends answers that are longer than they can be, or take longer: the SDK reads lists and words of errors into memory whole, and a
 * hostile server could send them for ever, a byte now and then. The bytes of objects pass; those who read them count.
 */
final class LimitedHttpClient implements SdkHttpClient {
    /** A list of a thousand objects has less than half of each. */
    private static final Extent LIST = new Extent(4 << 20, 60_000);
    /** Why something was refused, in words. */
    private static final Extent REFUSAL = new Extent(64 << 10, 2_000);

    /** @param tags how many '<' there may be: the SDK makes several objects of each element */
    private record Extent(int bytes, int tags) {}

    private final SdkHttpClient client;
    private final Duration longest;

    /** @param longest how long an answer may take that is no object */
    LimitedHttpClient(SdkHttpClient client, Duration longest) {
        this.client = client;
        this.longest = longest;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        boolean isObject = isObject(request.httpRequest());
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                HttpExecuteResponse response = prepared.call();
                return isObject && response.httpResponse().isSuccessful() ? response : limited(response);
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private static boolean isObject(SdkHttpRequest request) {
        return request.method() == SdkHttpMethod.GET
                && request.rawQueryParameters().isEmpty();
    }

    private HttpExecuteResponse limited(HttpExecuteResponse response) {
        HttpExecuteResponse.Builder limited = HttpExecuteResponse.builder().response(response.httpResponse());
        response.responseBody()
                .ifPresent(body -> limited.responseBody(AbortableInputStream.create(
                        new Limited(body, longest, response.httpResponse().isSuccessful() ? LIST : REFUSAL), body)));
        return limited.build();
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class Limited extends FilterInputStream {
        private final long end;
        private final Extent most;
        private int bytes;
        private int tags;

        Limited(InputStream in, Duration longest, Extent most) {
            super(in);
            this.most = most;
            this.end = System.nanoTime() + longest.toNanos();
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            tags += read == '<' ? 1 : 0;
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            for (int i = 0; i < read; i++) {
                tags += target[offset + i] == '<' ? 1 : 0;
            }
            count(read);
            return read;
        }

        private void count(int read) throws IOException {
            bytes += Math.max(0, read);
            if (System.nanoTime() - end > 0) {
                throw new IOException("the answer took too long");
            }
            if (bytes > most.bytes() || tags > most.tags()) {
                throw new IOException("the answer is longer than any that makes sense");
            }
        }
    }
}
