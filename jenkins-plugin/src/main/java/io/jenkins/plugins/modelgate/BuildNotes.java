package io.jenkins.plugins.modelgate;

import hudson.model.Run;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/** Writes what people should know before work goes on into the log of a Pipeline's build. */
record BuildNotes(Run<?, ?> run) implements Progress {
    private static final Logger LOGGER = Logger.getLogger(BuildNotes.class.getName());

    @Override
    public void note(String sentence) {
        FlowExecutionOwner owner =
                run instanceof FlowExecutionOwner.Executable pipeline ? pipeline.asFlowExecutionOwner() : null;
        if (owner != null) {
            try {
                owner.getListener().getLogger().println("[modelgate] note: " + sentence);
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "no log to write a note to", e);
            }
        }
    }
}
