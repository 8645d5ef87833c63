package io.jenkins.plugins.modelgate;

import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.watch.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The proposals of one registry that builds of one job wait for; while the host is down, they are asked for ever more seldom. */
final class ProposalQueue {
    private static final long REOPEN = 3_600_000_000_000L;
    private static final long MOST_PATIENCE = 600_000;

    private final List<ProposalExecution> executions = new ArrayList<>();
    private Registry registry;
    private Waiting waiting;
    private long opened;
    private long next = System.nanoTime();
    private int failures;

    ProposalQueue(String key) {
        // all of one key belong together
    }

    synchronized void add(ProposalExecution execution) {
        executions.add(execution);
        if (waiting != null) {
            waiting.add(execution.proposal(), execution.merges(), execution.said());
        }
        next = System.nanoTime();
    }

    synchronized void remove(ProposalExecution execution) {
        if (executions.remove(execution)
                && waiting != null
                && executions.stream().noneMatch(other -> other.proposal() == execution.proposal())) {
            waiting.remove(execution.proposal());
        }
    }

    synchronized boolean closeIfEmpty() {
        if (executions.isEmpty()) {
            close();
        }
        return executions.isEmpty();
    }

    /** Looks once, if it is time to. */
    synchronized void look() {
        if (executions.isEmpty() || System.nanoTime() - next < 0) {
            return;
        }
        try {
            open();
            for (Waiting.News news : waiting.look()) {
                deliver(news);
            }
            failures = 0;
        } catch (RegistryException e) {
            trouble(e.getMessage() + " " + e.remedy());
        } catch (IOException | RuntimeException e) {
            trouble(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(Waiting.News news) {
        List<ProposalExecution> told = executions.stream()
                .filter(each -> each.proposal() == news.number())
                .toList();
        if (!(news instanceof Waiting.News.Line)) {
            executions.removeAll(told);
        }
        told.forEach(each -> each.hear(news, registry));
    }

    private void open() throws IOException, InterruptedException {
        if (registry != null && System.nanoTime() - opened > REOPEN) {
            close(); // credentials may be others by now
        }
        if (registry == null) {
            registry = executions.get(0).open();
            waiting = registry.waiting();
            opened = System.nanoTime();
            executions.forEach(each -> waiting.add(each.proposal(), each.merges(), each.said()));
        }
    }

    /** The host is down, or does not let us in: everybody is told once, and it is asked again later, and ever later. */
    private void trouble(String why) {
        close();
        failures = Math.min(failures + 1, 16);
        long patience = Math.min(MOST_PATIENCE, ProposalWatch.interval() << Math.min(failures, 6));
        long jittered = patience / 2 + ThreadLocalRandom.current().nextLong(patience / 2 + 1);
        next = System.nanoTime() + jittered * 1_000_000;
        for (ProposalExecution each : List.copyOf(executions)) {
            try {
                each.tell("waits: " + why);
            } catch (IOException e) {
                executions.remove(each); // its build is gone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void close() {
        if (registry != null) {
            registry.close();
        }
        registry = null;
        waiting = null;
    }
}
