package io.modelgate.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A server was asked often or long enough; asking it again now would end the same way. */
public final class GivenUpException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param words what is wrong, as the end of a sentence without its point
     * @param remedy what to do about it
     */
    public GivenUpException(String words, String remedy, @Nullable Throwable cause) {
        super(words, cause);
        this.remedy = remedy;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
