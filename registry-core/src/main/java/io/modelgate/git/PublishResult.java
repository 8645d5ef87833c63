package io.modelgate.git;

/** What became of an attempt to move refs. */
public sealed interface PublishResult {
    /** All refs moved. */
    record Published() implements PublishResult {}

    /** A ref was not where it was expected; none moved. */
    record Lost(String ref) implements PublishResult {}

    /** The other side said no, with these words; none moved. */
    record Refused(String message) implements PublishResult {}
}
