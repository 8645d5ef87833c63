package io.modelgate.git;

import java.io.IOException;

/** The copy of a repository cannot be used and must be made anew. */
final class CopyDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    CopyDamagedException(String message) {
        super(message);
    }
}
