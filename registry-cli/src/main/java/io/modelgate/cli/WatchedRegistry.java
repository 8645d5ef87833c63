package io.modelgate.cli;

import io.modelgate.Registry;
import io.modelgate.RegistryLocation;
import io.modelgate.Session;
import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import io.modelgate.watch.Watcher;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One registry that is watched: opened when it can be, looked at again and again, one line for each thing that is new. */
final class WatchedRegistry implements AutoCloseable {
    private static final int MOST_FACTOR = 16;

    private final RegistryLocation location;
    private final Session session;
    private final boolean merge;
    private final Consumer<String> out;
    private final Semaphore hooks = new Semaphore(0);
    private final Map<Integer, String> told = new TreeMap<>();
    private Optional<Registry> registry = Optional.empty();
    private Optional<Watcher> watcher = Optional.empty();
    private String trouble = "";
    private int factor = 1;
    private boolean refusals;

    WatchedRegistry(RegistryLocation location, Session session, boolean merge, Consumer<String> out) {
        this.location = location;
        this.session = session;
        this.merge = merge;
        this.out = out;
    }

    /** Whether a webhook to this path is about this registry; one without a path is about all. */
    boolean isAt(String path) {
        return path.isEmpty() || location.address().replaceAll("\\.git/?$", "").endsWith("/" + path);
    }

    /** Has it looked at now. */
    void wake() {
        hooks.release();
    }

    /** Looks every interval, and when woken; less often while there is trouble. Ends when interrupted. */
    void run(int seconds) {
        try (this) {
            while (!Thread.currentThread().isInterrupted()) {
                factor = look() ? 1 : Math.min(MOST_FACTOR, factor * 2);
                boolean woken = hooks.tryAcquire((long) seconds * factor, TimeUnit.SECONDS);
                if (woken) {
                    // Hooks come in swarms: one look is enough for all of them.
                    TimeUnit.SECONDS.sleep(1);
                    hooks.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once; false when the registry or its host cannot be used now. */
    boolean look() {
        try {
            if (watcher.isEmpty()) {
                Registry opened = Registry.open(location, session);
                registry = Optional.of(opened);
                watcher = Optional.of(new Watcher(opened.workplace(), merge));
            }
            refusals = false;
            watcher.get().look(event -> {
                refusals |= event.isTrouble();
                tell(event);
            });
            if (!trouble.isEmpty()) {
                say("reached again");
                trouble = "";
            }
            return true;
        } catch (RegistryException e) {
            return troubled(e.getMessage() + " " + e.remedy());
        } catch (RuntimeException e) {
            return troubled("A defect in Modelgate: " + e + ". Please report it.");
        }
    }

    /** Whether something could not be done at the last look. */
    boolean hadTrouble() {
        return refusals || !trouble.isEmpty();
    }

    private boolean troubled(String now) {
        if (!now.equals(trouble)) {
            say(now);
            trouble = now;
        }
        return false;
    }

    private void tell(Watcher.Event event) {
        if (!event.what().equals(told.put(event.number(), event.what()))) {
            say("#" + event.number() + " " + event.what());
        }
    }

    private void say(String what) {
        out.accept(session.clock().instant().truncatedTo(ChronoUnit.SECONDS) + " " + location.shown() + " "
                + Text.printable(what));
    }

    @Override
    public void close() {
        registry.ifPresent(Registry::close);
    }
}
