package io.modelgate.format;

/** The bytes are not what they should be. */
final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    DamagedException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /** What is wrong, for people. */
    String sentence() {
        return sentence;
    }

    static DamagedException cut(long at) {
        return new DamagedException("It is cut: what starts at byte " + at + " goes on after its end.");
    }

    /** Costs nothing to throw: it says all in its message, and some are thrown for each file of text. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
