package io.modelgate.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Brings one large object, several parts at once, and goes on where an earlier run was killed. The parts are hashed in their order
 * as they come, from what the disk keeps in memory.
 */
final class Download {
    /** Smaller objects come in one piece. */
    static final long LEAST = 32L << 20;

    static final long PART = 8L << 20;

    private final RemoteObjects objects;
    private final Pace pace;
    private final FileDigest file;
    private final Progress progress;

    Download(RemoteObjects objects, Pace pace, FileDigest file, Progress progress) {
        this.objects = objects;
        this.pace = pace;
        this.file = file;
        this.progress = progress;
    }

    /** Fetches into a folder and gives the file its name there; false when the bytes are others. */
    boolean into(Path folder, Path target) throws IOException {
        try (PartialFile partial = PartialFile.in(folder, file)) {
            boolean begunEarlier = partial.bytes().size() > 0;
            FileProgress attempt = new FileProgress(progress);
            boolean right = fetch(partial, attempt);
            if (!right && begunEarlier) {
                // What the earlier run left may be what was wrong.
                partial.clear();
                attempt.takeBack();
                right = fetch(partial, attempt);
            }
            if (right) {
                partial.becomes(target);
            } else {
                partial.remove();
            }
            return right;
        }
    }

    private boolean fetch(PartialFile partial, Progress attempt) throws IOException {
        PartsChannel.Fetch fetch = (bytes, part, stop) -> fetchPart(bytes, part, stop, attempt);
        try (PartsChannel parts = new PartsChannel(partial, file, fetch, attempt)) {
            return HashingCopy.copy(parts, Optional.empty(), file.size(), Progress.NONE)
                            .is(file)
                    && partial.bytes().size() == file.size();
        }
    }

    private void fetchPart(FileChannel bytes, int part, PartsChannel.Stop stop, Progress attempt) throws IOException {
        long position = part * PART;
        long end = Math.min(position + PART, file.size());
        try (ObjectStream in = ObjectStream.part(objects, pace, file, position, end - position)) {
            stop.onStop(in::close);
            ByteBuffer block = ByteBuffer.allocate(1 << 18);
            while (position < end) {
                block.clear().limit((int) Math.min(block.capacity(), end - position));
                int read = in.read(block);
                if (read < 0) {
                    throw new IOException("the object ends before its size");
                }
                block.flip();
                while (block.hasRemaining()) {
                    position += bytes.write(block, position);
                }
                attempt.advanced(read);
            }
        }
    }
}
