package io.jenkins.plugins.modelgate;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Keeps the checks that builds publish. A test registers a subclass of its own as an extension. */
class RecordedChecks extends ChecksPublisherFactory {
    private final List<Published> published = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);

    private volatile boolean holding;

    private record Published(Run<?, ?> run, ChecksDetails details) {
        String told() {
            return details.getName().orElse("?") + " "
                    + (details.getConclusion() == ChecksConclusion.NONE
                            ? details.getStatus()
                            : details.getConclusion());
        }
    }

    static RecordedChecks get() {
        return hudson.ExtensionList.lookupSingleton(RecordedChecks.class);
    }

    @Override
    protected Optional<ChecksPublisher> createPublisher(Run<?, ?> run, TaskListener listener) {
        return Optional.of(new ChecksPublisher() {
            @Override
            public void publish(ChecksDetails details) {
                published.add(new Published(run, details));
                if (holding && details.getStatus() == ChecksStatus.IN_PROGRESS) {
                    hold();
                }
            }
        });
    }

    /** From now on, whoever begins is held until it is interrupted. */
    void holdWhoeverBegins() {
        holding = true;
    }

    void awaitBegun() throws InterruptedException {
        begun.await();
    }

    private void hold() {
        begun.countDown();
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    List<ChecksDetails> published() {
        return published.stream().map(Published::details).toList();
    }

    void forget() {
        published.clear();
    }

    /** What is published in the end: name, and status or conclusion of each, in order. */
    List<String> told() {
        return published.stream().map(Published::told).toList();
    }

    /** The same of one build. */
    List<String> told(Run<?, ?> run) {
        return published.stream()
                .filter(each -> each.run().equals(run))
                .map(Published::told)
                .toList();
    }

    ChecksDetails last() {
        return published.get(published.size() - 1).details();
    }

    /** The last of one build. */
    ChecksDetails last(Run<?, ?> run) {
        return published.stream()
                .filter(each -> each.run().equals(run))
                .reduce((before, after) -> after)
                .orElseThrow()
                .details();
    }
}
