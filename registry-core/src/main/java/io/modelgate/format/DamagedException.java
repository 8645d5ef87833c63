package io.modelgate.format;

/** The bytes are not what they should be. */
final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;
    private final boolean unread;

    DamagedException(String sentence) {
        this(sentence, false);
    }

    private DamagedException(String sentence, boolean unread) {
        super(sentence);
        this.sentence = sentence;
        this.unread = unread;
    }

    /** The bytes may be what they should be, but reading them all is too much work here. A loader would go on. */
    static DamagedException unread(String sentence) {
        return new DamagedException(sentence, true);
    }

    /** Whether it was reading that stopped, and not the bytes that are wrong. */
    boolean isUnread() {
        return unread;
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
