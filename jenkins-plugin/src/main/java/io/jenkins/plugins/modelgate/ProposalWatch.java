package io.jenkins.plugins.modelgate;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.SystemProperties;
import jenkins.util.Timer;

/** Looks now and then at all proposals that builds wait for: one shared clock, and a thread only while it looks. */
@Extension
public class ProposalWatch {
    private static final Logger LOGGER = Logger.getLogger(ProposalWatch.class.getName());

    private final Map<String, ProposalQueue> queues = new TreeMap<>();
    private final Set<String> looked = new TreeSet<>();
    private boolean ticking;

    static ProposalWatch get() {
        return ExtensionList.lookupSingleton(ProposalWatch.class);
    }

    /** How often it looks, in milliseconds. */
    static long interval() {
        return SystemProperties.getLong(ProposalWatch.class.getName() + ".interval", 15_000L);
    }

    /** Waits for a proposal until it ends or is forgotten. */
    void await(ProposalExecution execution) {
        try {
            String key = execution.key();
            synchronized (this) {
                if (execution.isStopped()) {
                    return; // who stops it says so first and has it forgotten then, by this lock
                }
                queues.computeIfAbsent(key, ProposalQueue::new).add(execution);
                if (!ticking) {
                    ticking = true;
                    schedule(0);
                }
            }
        } catch (java.io.IOException e) {
            execution.fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does not wait for a look that is under way, but tells whether there is one. */
    synchronized boolean forget(ProposalExecution execution) {
        boolean looking = false;
        for (ProposalQueue queue : queues.values()) {
            looking |= queue.remove(execution);
        }
        return looking;
    }

    private void schedule(long delay) {
        Timer.get().schedule(this::tick, delay, TimeUnit.MILLISECONDS);
    }

    /**
     * Asks no host itself: the queues that are due are looked at on a thread for each registry, so that a slow host is slow alone
     * and many jobs that wait for one registry do not take a thread each.
     */
    private void tick() {
        List<Runnable> work = new ArrayList<>();
        Map<String, List<ProposalQueue>> due = new TreeMap<>();
        synchronized (this) {
            for (ProposalQueue queue : List.copyOf(queues.values())) {
                if (queue.isOver()) {
                    queues.values().remove(queue);
                    work.add(queue::close);
                } else if (queue.isDue() && !looked.contains(queue.name())) {
                    due.computeIfAbsent(queue.name(), each -> new ArrayList<>()).add(queue);
                }
            }
            looked.addAll(due.keySet());
            ticking = !queues.isEmpty();
            if (ticking) {
                schedule(interval());
            }
        }
        due.forEach((registry, queues) -> work.add(() -> look(registry, queues)));
        work.forEach(each -> Computer.threadPoolForRemoting.execute(() -> run(each)));
    }

    private void look(String registry, List<ProposalQueue> queues) {
        try {
            queues.forEach(ProposalQueue::look);
        } finally {
            synchronized (this) {
                looked.remove(registry);
            }
        }
    }

    private static void run(Runnable work) {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            work.run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "looking at proposals failed", e);
        }
    }
}
