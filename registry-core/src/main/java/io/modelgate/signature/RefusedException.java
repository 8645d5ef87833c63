package io.modelgate.signature;

import io.modelgate.finding.Text;

/** What is wrong with something that somebody else made. The message is a sentence without its full stop; the remedy is whole. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 400;

    private final String remedy;
    private final String remedyOfVersion;

    /** @param message may quote what a stranger wrote: it is cut to what people read */
    RefusedException(String message, String remedy) {
        this(message, remedy, remedy);
    }

    /** With another remedy for a version, which keeps the signature that it has. */
    RefusedException(String message, String remedy, String remedyOfVersion) {
        super(Text.excerpt(message, LONGEST));
        this.remedy = remedy;
        this.remedyOfVersion = remedyOfVersion;
    }

    String remedyOfVersion() {
        return remedyOfVersion;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    String remedy() {
        return remedy;
    }
}
