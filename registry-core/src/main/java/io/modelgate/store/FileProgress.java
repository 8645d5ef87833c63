package io.modelgate.store;

import java.util.concurrent.atomic.AtomicLong;

/** What is told about one attempt to bring one file, so that it can be taken back when the attempt fails. */
final class FileProgress implements Progress {
    private final Progress progress;
    private final AtomicLong counted = new AtomicLong();

    FileProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void advanced(long bytes) {
        counted.addAndGet(bytes);
        progress.advanced(bytes);
    }

    @Override
    public void found(long bytes) {
        counted.addAndGet(bytes);
        progress.found(bytes);
    }

    @Override
    public void warned(String sentence) {
        progress.warned(sentence);
    }

    /** The bytes are to come again, from elsewhere. */
    void takeBack() {
        long bytes = counted.getAndSet(0);
        if (bytes != 0) {
            progress.advanced(-bytes);
        }
    }

    /** The file is done, however many of its bytes there were. */
    void completeTo(long bytes) {
        long rest = bytes - counted.getAndSet(bytes);
        if (rest != 0) {
            progress.found(rest);
        }
    }

    /** The same for bytes that are read here and not moved: they say nothing about the rate. */
    static Progress asFound(Progress progress) {
        return new Progress() {
            @Override
            public void advanced(long bytes) {
                progress.found(bytes);
            }

            @Override
            public void warned(String sentence) {
                progress.warned(sentence);
            }
        };
    }
}
