package io.modelgate.store;

import java.io.IOException;

/** A server does not have the object. */
public final class MissingObjectException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param file what is not there */
    public MissingObjectException(FileDigest file) {
        super("there is no " + file.digest());
    }
}
