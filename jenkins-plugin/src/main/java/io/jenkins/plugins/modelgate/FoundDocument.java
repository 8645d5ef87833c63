package io.jenkins.plugins.modelgate;

import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.SourceFile;
import java.io.File;
import java.io.Serializable;

/** A document of a training job as it travels from an agent. */
final class FoundDocument implements Serializable {
    /** What it is for. */
    enum Role {
        CARD,
        FACTS,
        MODEL,
        EVALUATION,
        FAIRNESS
    }

    private static final long serialVersionUID = 1L;
    private static final int MOST_BYTES = 1 << 20;

    private final Role role;
    private final String path;
    private final byte[] bytes;

    FoundDocument(Role role, SourceFile file) {
        this(role, file.path().replace(File.separatorChar, '/'), file.bytes());
    }

    FoundDocument(Role role, String path, byte[] bytes) {
        this.role = role;
        this.path = path;
        this.bytes = bytes;
    }

    Role role() {
        return role;
    }

    int size() {
        return bytes == null ? 0 : bytes.length;
    }

    /** Reads what an agent says; throws {@link IllegalArgumentException} when that is no document. */
    SourceFile file() {
        if (role == null || path == null || bytes == null || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a document without name or bytes, or of more than 1 MiB");
        }
        return new SourceFile(Artifact.requirePath(path), bytes);
    }
}
