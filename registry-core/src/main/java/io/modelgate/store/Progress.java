package io.modelgate.store;

/** Is told how far long work has come; called from several threads at once. */
public interface Progress {
    /** Says nothing to nobody. */
    Progress NONE = new Progress() {};

    /**
     * Work begins.
     *
     * @param work what it is, in a word such as {@code hashing}, for people who see it
     * @param bytes how many it is about
     */
    default void started(String work, long bytes) {}

    /** So many more bytes are done; negative when what was counted has to be done again. */
    default void advanced(long bytes) {}

    /** Something that people should know before work goes on, a sentence. */
    default void note(String sentence) {}

    /** So many bytes need not be moved, since they are here already: they are done, and say nothing about how fast the work is. */
    default void found(long bytes) {
        advanced(bytes);
    }

    /** Something that people should know, though the work goes on; a sentence. */
    default void warned(String sentence) {}

    /** The work ended, well or badly. */
    default void finished() {}
}
