package io.modelgate.deploy;

import java.util.List;

/** Runs other programs, on whichever machine the work is done. */
public interface Commands {
    /**
     * How a program ended.
     *
     * @param code its exit code
     * @param output what it printed last, on both streams; never more than a screen
     */
    record Ended(int code, String output) {}

    /** Runs a program and waits for its end. What cannot be started at all is an ENVIRONMENT exception. */
    Ended run(List<String> command);
}
