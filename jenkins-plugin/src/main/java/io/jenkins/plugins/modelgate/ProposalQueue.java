package io.jenkins.plugins.modelgate;

import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.watch.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The proposals of one registry that builds of one job wait for; while the host is down, they are asked for ever more seldom. One
 * task at a time looks, and holds no lock while it asks the host.
 */
final class ProposalQueue {
    private static final long REOPEN = 3_600_000_000_000L;
    private static final long MOST_PATIENCE = 600_000;

    private final List<ProposalExecution> executions = new ArrayList<>();
    private final Set<Integer> joined = new HashSet<>();
    private final String name;
    private long next = System.nanoTime();
    private boolean looking;

    // Those below are of the one task that looks.
    private final Map<Integer, Boolean> merges = new TreeMap<>();
    private Registry registry;
    private Waiting waiting;
    private long opened;
    private int failures;

    /** @param key the name of the registry and, in another line, what else those that belong together have in common */
    ProposalQueue(String key) {
        name = key.lines().findFirst().orElse("");
    }

    /** The registry, as jobs name it. */
    String name() {
        return name;
    }

    synchronized void add(ProposalExecution execution) {
        executions.add(execution);
        joined.add(execution.proposal());
        next = System.nanoTime();
    }

    /** Tells whether a look is under way that knows it yet. */
    synchronized boolean remove(ProposalExecution execution) {
        return executions.remove(execution) && looking;
    }

    /** Whether nobody waits and nobody looks. */
    synchronized boolean isOver() {
        return executions.isEmpty() && !looking;
    }

    /** Whether it is time to look. */
    synchronized boolean isDue() {
        return !looking && !executions.isEmpty() && System.nanoTime() - next >= 0;
    }

    /** Whoever is told that it is time looks, and nobody else until then. */
    private synchronized boolean begin() {
        boolean due = isDue();
        looking = looking || due;
        return due;
    }

    /** Looks once, if it still is time to. */
    void look() {
        if (!begin()) {
            return;
        }
        try {
            open();
            if (waiting != null) {
                agree();
                for (Waiting.News news : waiting.look(this::isWanted)) {
                    deliver(news);
                }
            }
            failures = 0;
        } catch (RegistryException e) {
            trouble(e.getMessage() + " " + e.remedy());
        } catch (IOException | RuntimeException e) {
            trouble(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                looking = false;
            }
        }
    }

    private synchronized List<ProposalExecution> present() {
        return List.copyOf(executions);
    }

    /** Waits for what is wanted now: a proposal is merged as long as one of those that wait for it wants that. */
    private void agree() {
        Map<Integer, Boolean> wanted = new TreeMap<>();
        Set<Integer> anew;
        synchronized (this) {
            executions.forEach(each -> wanted.merge(each.proposal(), each.merges(), Boolean::logicalOr));
            anew = Set.copyOf(joined);
            joined.clear();
        }
        for (int gone : List.copyOf(merges.keySet())) {
            if (!wanted.containsKey(gone)) {
                waiting.remove(gone);
                merges.remove(gone);
            }
        }
        wanted.forEach((number, merge) -> {
            if (!merge.equals(merges.put(number, merge)) || anew.contains(number)) {
                waiting.add(number, merge, ""); // each build leaves out what it said last
            }
        });
    }

    /** Whether somebody who wants it merged is still there. */
    private boolean isWanted(int number) {
        return present().stream().anyMatch(each -> each.proposal() == number && each.merges());
    }

    private void deliver(Waiting.News news) {
        List<ProposalExecution> told = present().stream()
                .filter(each -> each.proposal() == news.number())
                .toList();
        if (!(news instanceof Waiting.News.Line)) {
            merges.remove(news.number());
            synchronized (this) {
                executions.removeAll(told);
            }
        }
        told.forEach(each -> each.hear(news, registry));
    }

    private void open() throws IOException, InterruptedException {
        if (registry != null && System.nanoTime() - opened > REOPEN) {
            close(); // credentials may be others by now
        }
        List<ProposalExecution> present = present();
        if (registry == null && !present.isEmpty()) {
            registry = present.get(0).open();
            waiting = registry.waiting();
            opened = System.nanoTime();
        }
    }

    /** The host is down, or does not let us in: everybody is told once, and it is asked again later, and ever later. */
    private void trouble(String why) {
        close();
        failures = Math.min(failures + 1, 16);
        long patience = Math.min(MOST_PATIENCE, ProposalWatch.interval() << Math.min(failures, 6));
        long jittered = patience / 2 + ThreadLocalRandom.current().nextLong(patience / 2 + 1);
        synchronized (this) {
            next = System.nanoTime() + jittered * 1_000_000;
        }
        for (ProposalExecution each : present()) {
            try {
                each.tell("waits: " + why);
            } catch (IOException e) {
                remove(each); // its build is gone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Only of whoever looks, or when it is over. */
    void close() {
        if (registry != null) {
            registry.close();
        }
        registry = null;
        waiting = null;
        merges.clear();
    }
}
