package io.modelgate.finding;

import org.jspecify.annotations.Nullable;

/** What the user cannot mend by editing the registry. The message says what happened; the remedy what to do next. */
public class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is; each kind has its own exit code in the CLI. */
    public enum Kind {
        /** The request makes no sense (2). */
        USAGE,
        /** No such registry, model, version, stage pointer or proposal (4). */
        NOT_FOUND,
        /** Bytes are not what their digest says (5). */
        INTEGRITY,
        /** Host, store, network, disk or repository cannot be used (6). */
        ENVIRONMENT,
        /** Somebody else was faster, or the name is taken by something else (7). */
        CONFLICT
    }

    private final Kind kind;
    private final String remedy;

    public RegistryException(Kind kind, String message, String remedy) {
        this(kind, message, remedy, null);
    }

    public RegistryException(Kind kind, String message, String remedy, @Nullable Throwable cause) {
        super(Text.printable(message), cause);
        this.kind = kind;
        this.remedy = Text.printable(remedy);
    }

    public static RegistryException usage(String message, String remedy) {
        return new RegistryException(Kind.USAGE, message, remedy);
    }

    public static RegistryException notFound(String message, String remedy) {
        return new RegistryException(Kind.NOT_FOUND, message, remedy);
    }

    public static RegistryException integrity(String message, String remedy) {
        return new RegistryException(Kind.INTEGRITY, message, remedy);
    }

    public static RegistryException environment(String message, String remedy, @Nullable Throwable cause) {
        return new RegistryException(Kind.ENVIRONMENT, message, remedy, cause);
    }

    public static RegistryException conflict(String message, String remedy) {
        return new RegistryException(Kind.CONFLICT, message, remedy);
    }

    public Kind kind() {
        return kind;
    }

    /** One sentence: what to do next. */
    public String remedy() {
        return remedy;
    }
}
