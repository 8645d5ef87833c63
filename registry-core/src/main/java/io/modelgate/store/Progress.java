package io.modelgate.store;

/** Is told how far long work has come; called from several threads at once. */
public interface Progress {
    /** Says nothing to nobody. */
    Progress NONE = new Progress() {};

    /** Work of this many bytes begins. */
    default void started(long bytes) {}

    /** So many more bytes are done. */
    default void advanced(long bytes) {}

    /** Something that people should know before work goes on, a sentence. */
    default void note(String sentence) {}

    /** The work ended, well or badly. */
    default void finished() {}
}
