package io.jenkins.plugins.modelgate;

import java.io.IOException;
import java.util.List;

/** The folder that a build works in, on whatever node. What it says is what that node says. */
interface BuildFolder {
    /** Words for the node that can begin a sentence. */
    String node();

    /** What the build's environment gives for stores. */
    StoreLogins logins();

    /** Finds and hashes what a job left. */
    Gathered gather(TrainingFiles wanted) throws IOException, InterruptedException;

    /** Puts files into a store; each is hashed again on the way. */
    AgentReport upload(List<String> patterns, List<FoundFile> files, StoreAddress store)
            throws IOException, InterruptedException;
}
