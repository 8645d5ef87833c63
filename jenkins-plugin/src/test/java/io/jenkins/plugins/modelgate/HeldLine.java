package io.jenkins.plugins.modelgate;

import hudson.console.LineTransformationOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;

/**
 * Holds whoever writes a certain line into a build's log, for good, as a controller that dies there would. A test registers a
 * subclass of {@link Factory} as an extension and ends the session of Jenkins then.
 */
final class HeldLine {
    private static volatile String words;
    private static volatile CountDownLatch reached = new CountDownLatch(1);

    private HeldLine() {}

    /** From now on, whoever writes a line with these words goes no further. */
    static void hold(String line) {
        reached = new CountDownLatch(1);
        words = line;
    }

    /** Waits until somebody is held, and holds nobody else. */
    static void await() throws InterruptedException {
        if (!reached.await(2, TimeUnit.MINUTES)) {
            throw new AssertionError("nobody wrote '" + words + "'");
        }
        words = null;
    }

    private static void holdWhoeverWrites(String line) {
        String held = words;
        if (held == null || !line.contains(held)) {
            return;
        }
        reached.countDown();
        while (true) {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                // a controller that dies tells its threads nothing; the thread is a daemon
            }
        }
    }

    /** Looks at the logs of all builds. */
    abstract static class Factory implements TaskListenerDecorator.Factory {
        @Override
        public TaskListenerDecorator of(FlowExecutionOwner owner) {
            return new Decorator();
        }
    }

    private static final class Decorator extends TaskListenerDecorator {
        private static final long serialVersionUID = 1L;

        @Override
        public OutputStream decorate(OutputStream logger) {
            return new LineTransformationOutputStream.Delegating(logger) {
                @Override
                protected void eol(byte[] line, int length) throws IOException {
                    out.write(line, 0, length);
                    out.flush();
                    holdWhoeverWrites(new String(line, 0, length, StandardCharsets.UTF_8));
                }
            };
        }
    }
}
