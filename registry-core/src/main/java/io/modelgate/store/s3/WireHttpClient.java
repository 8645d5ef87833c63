package io.modelgate.store.s3;

import io.modelgate.store.http.Limits;
import io.modelgate.store.http.Reply;
import io.modelgate.store.http.RetryAfter;
import io.modelgate.store.http.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Lets the SDK ask over the same connections, with the same limits, authorities and proxies as all other stores: none of its own
 * clients ends a write that nobody takes, or a head that comes a byte a minute.
 */
final class WireHttpClient implements SdkHttpClient {
    private static final String RETRY = "Retry-After";

    private final Wire wire;

    WireHttpClient(Limits limits) {
        this.wire = new Wire(limits);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return send(request);
            }

            @Override
            public void abort() {
                // Whoever waits is interrupted, which ends the request.
            }
        };
    }

    private HttpExecuteResponse send(HttpExecuteRequest request) throws IOException {
        SdkHttpRequest asked = request.httpRequest();
        long size =
                asked.firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L);
        Optional<InputStream> bytes = request.contentStreamProvider().map(each -> each.newStream());
        Reply reply = wire.send(asked.method().name(), asked.getUri(), asked.headers(), bytes, size);
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(reply.status())
                        .headers(sensible(reply))
                        .build())
                .responseBody(AbortableInputStream.create(reply.body(), () -> close(reply)))
                .build();
    }

    /** The SDK breaks off in its own way where a server wishes something that makes no sense. */
    private static Map<String, List<String>> sensible(Reply reply) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(reply.headers().map());
        if (reply.header(RETRY)
                .flatMap(text -> RetryAfter.parse(text, Instant.now()))
                .isEmpty()) {
            headers.remove(RETRY);
        }
        return headers;
    }

    private static void close(Reply reply) {
        try {
            reply.close();
        } catch (IOException e) {
            // It is left anyway.
        }
    }

    @Override
    public String clientName() {
        return "Java";
    }

    @Override
    public void close() {
        // Its connections end when nobody uses them.
    }
}
