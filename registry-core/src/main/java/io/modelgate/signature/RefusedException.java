package io.modelgate.signature;

/** What is wrong with something that somebody else made. The message is a sentence without its full stop; the remedy is whole. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    RefusedException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    String remedy() {
        return remedy;
    }
}
