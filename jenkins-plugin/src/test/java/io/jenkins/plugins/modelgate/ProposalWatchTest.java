package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.FreeStyleBuild;
import io.modelgate.Registry;
import io.modelgate.promotion.Submission;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class ProposalWatchTest {
    private static final String INTERVAL = ProposalWatch.class.getName() + ".interval";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private JenkinsRule jenkins;

    @BeforeEach
    void begin(JenkinsRule rule) {
        System.setProperty(INTERVAL, "100");
        jenkins = rule;
    }

    @AfterEach
    void end() {
        System.clearProperty(INTERVAL);
        answered.countDown();
    }

    @Test
    void stopsAtOnceHoweverSlowTheHostIs() throws Exception {
        Slow first = slow();
        Slow second = slow();
        ProposalWatch.get().await(first);
        asked.await();
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            ProposalWatch.get().await(second);
            first.stop(new InterruptedException("stopped"));
            second.stop(new InterruptedException("stopped"));
        });
        assertEquals(List.of("stopped"), first.told.failures);
        assertEquals(List.of("stopped"), second.told.failures);
    }

    @Test
    void looksAtOneRegistryWhileAnotherIsSlow() throws Exception {
        ProposalWatch.get().await(slow());
        asked.await();
        CountDownLatch other = new CountDownLatch(1);
        ProposalWatch.get().await(new Slow(context(), "other") {
            private static final long serialVersionUID = 1L;

            @Override
            Registry open() throws IOException {
                other.countDown();
                throw new IOException("there is none");
            }
        });
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> other.await());
    }

    @Test
    void doesNotWaitForWhatWasStoppedBefore() throws Exception {
        Slow execution = slow();
        execution.stop(new InterruptedException("stopped"));
        ProposalWatch.get().await(execution);
        execution.fail(new IOException("later"));
        assertFalse(asked.await(1, java.util.concurrent.TimeUnit.SECONDS));
        assertEquals(List.of("stopped"), execution.told.failures);
        assertTrue(execution.isStopped());
    }

    private Context context() throws Exception {
        return new Context(jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject()));
    }

    private Slow slow() throws Exception {
        return new Slow(context(), "models");
    }

    /** Opens a registry whose host does not answer. */
    private class Slow extends ProposalExecution {
        private static final long serialVersionUID = 1L;

        private final transient Context told;

        Slow(Context context, String registry) {
            super(context, registry, true, true);
            told = context;
        }

        @Override
        String key() {
            return told.build.getParent().getFullName();
        }

        @Override
        Registry open() throws IOException, InterruptedException {
            asked.countDown();
            answered.await();
            throw new IOException("no answer");
        }

        @Override
        Submission propose(Registry open, boolean merge) {
            throw new IllegalStateException();
        }

        @Override
        Object result(Registry open, Outcome outcome) {
            throw new IllegalStateException();
        }

        @Override
        boolean proposesAgain() {
            return false;
        }
    }

    /** A build that waits. */
    private static final class Context extends StepContext {
        private static final long serialVersionUID = 1L;

        private final transient FreeStyleBuild build;
        private final transient List<String> failures = new CopyOnWriteArrayList<>();

        Context(FreeStyleBuild build) {
            this.build = build;
        }

        @Override
        public <T> T get(Class<T> key) {
            return key.isInstance(build) ? key.cast(build) : null;
        }

        @Override
        public void onSuccess(Object result) {
            failures.add("success");
        }

        @Override
        public void onFailure(Throwable why) {
            failures.add(why.getMessage());
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public ListenableFuture<Void> saveState() {
            return Futures.immediateFuture(null);
        }

        @Override
        public void setResult(hudson.model.Result result) {
            throw new IllegalStateException();
        }

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new IllegalStateException();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
