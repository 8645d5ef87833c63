package io.modelgate.git;

import org.eclipse.jgit.errors.TransportException;

/** A machine has a host key that the user does not know; it was told nothing. */
final class HostKeyRefusedException extends TransportException {
    private static final long serialVersionUID = 1L;

    private final transient HostKeys.Refusal refusal;

    HostKeyRefusedException(HostKeys.Refusal refusal, Throwable cause) {
        super("the host key is not accepted", cause);
        this.refusal = refusal;
    }

    String what() {
        return "The host key of " + refusal.host()
                + (refusal.changed() ? " is another one than you know" : " is not known here")
                + ": it has the fingerprint " + refusal.fingerprint() + " (" + refusal.type() + ").";
    }

    String remedy() {
        String add = "'ssh-keyscan -p " + refusal.port() + " -t " + kind() + " " + ShellWord.of(refusal.host()) + " >> "
                + ShellWord.of(refusal.file()) + "'";
        if (refusal.changed()) {
            String name = refusal.port() == 22 ? refusal.host() : "[" + refusal.host() + "]:" + refusal.port();
            return "Somebody may be in between: ask its administrator, by another way, whether it got this key. If so: "
                    + "'ssh-keygen -f " + ShellWord.of(refusal.file()) + " -R " + ShellWord.of(name) + "', then " + add
                    + ".";
        }
        return "Compare it with the fingerprint that its administrator or its pages give. If it is the same: " + add
                + ".";
    }

    /** What ssh-keyscan calls a type of key. */
    private String kind() {
        String type = refusal.type();
        return type.startsWith("ecdsa") ? "ecdsa" : type.endsWith("ed25519") ? "ed25519" : "rsa";
    }
}
