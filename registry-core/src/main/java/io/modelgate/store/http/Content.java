package io.modelgate.store.http;

import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/**
 * What is sent with a request.
 *
 * @param publisher makes what sends it
 * @param again whether it can be sent a second time
 */
record Content(Supplier<BodyPublisher> publisher, boolean again) {
    static final Content NONE = new Content(BodyPublishers::noBody, true);

    static Content of(byte[] bytes) {
        return new Content(() -> BodyPublishers.ofByteArray(bytes), true);
    }

    /** Bytes that can be read once. */
    static Content of(InputStream bytes, long size) {
        return new Content(
                () -> size == 0
                        ? BodyPublishers.noBody()
                        : BodyPublishers.fromPublisher(new BlockPublisher(bytes, size), size),
                false);
    }

    /** Is told how far the bytes are. */
    interface Listener {
        /** So many left. */
        void moved(int bytes);

        /** All left. */
        void ended();
    }

    /** The same, telling whenever bytes leave. */
    BodyPublisher telling(Listener listener) {
        BodyPublisher inner = publisher.get();
        return new BodyPublisher() {
            @Override
            public long contentLength() {
                return inner.contentLength();
            }

            @Override
            public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
                inner.subscribe(new Telling(subscriber, listener));
            }
        };
    }

    private record Telling(Flow.Subscriber<? super ByteBuffer> to, Listener listener)
            implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            to.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer block) {
            listener.moved(block.remaining());
            to.onNext(block);
        }

        @Override
        public void onError(Throwable trouble) {
            to.onError(trouble);
        }

        @Override
        public void onComplete() {
            listener.ended();
            to.onComplete();
        }
    }
}
