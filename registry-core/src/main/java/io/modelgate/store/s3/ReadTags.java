package io.modelgate.store.s3;

import io.modelgate.manifest.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which of the objects that had a name one after the other is being read: the tag (ETag) that its first part came with. */
final class ReadTags {
    private static final int MOST = 256;

    private final Map<Digest, String> tags = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, String> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<String> of(Digest digest) {
        return Optional.ofNullable(tags.get(digest));
    }

    /** Notes the first tag, and compares later ones with it; a server without tags cannot be told anything. */
    synchronized boolean isSame(Digest digest, @Nullable String tag) {
        return tag == null || tag.equals(tags.computeIfAbsent(digest, any -> tag));
    }

    synchronized void forget(Digest digest) {
        tags.remove(digest);
    }
}
