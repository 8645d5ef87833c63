package io.modelgate.cli;

import io.modelgate.finding.RegistryException;

/** What the process says to its caller when it ends. The numbers are part of the interface and never change. */
enum ExitCode {
    OK(0, "done"),
    FINDINGS(1, "the gate failed, or something was found that must be mended"),
    USAGE(2, "the command line makes no sense"),
    PENDING(3, "only approvals or time are missing"),
    NOT_FOUND(4, "no such registry, model, version, stage pointer or proposal"),
    INTEGRITY(5, "bytes are not what their digest says"),
    ENVIRONMENT(6, "the host, a store, the network, the disk or a repository cannot be used"),
    CONFLICT(7, "somebody else was faster, or the name is taken by something else"),
    INTERNAL(70, "a defect in Modelgate itself");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }

    static ExitCode of(RegistryException.Kind kind) {
        return switch (kind) {
            case USAGE -> USAGE;
            case NOT_FOUND -> NOT_FOUND;
            case INTEGRITY -> INTEGRITY;
            case ENVIRONMENT -> ENVIRONMENT;
            case CONFLICT -> CONFLICT;
        };
    }
}
