package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Does one thing to many values, several at once. */
final class Workers {
    private static final int MOST_TOLD = 3;

    private Workers() {}

    /** The results in the order of the items. What one of them throws stops the others and is thrown here. */
    static <T, R> List<R> map(List<T> items, int atOnce, Function<T, R> work) {
        if (items.size() < 2) {
            return items.stream().map(work).toList();
        }
        int threads = Math.min(items.size(), atOnce);
        ExecutorService pool = WorkerThreads.start(threads, "modelgate-store");
        try {
            List<Future<R>> started = items.stream()
                    .map(item -> pool.submit(() -> work.apply(item)))
                    .toList();
            return started.stream().map(Workers::result).toList();
        } finally {
            pool.shutdownNow();
            WorkerThreads.end(pool);
        }
    }

    /**
     * Does something to every item. Items that are wrong in themselves do not stop the others, and all of them are told at
     * the end; a disk or network that fails stops everything.
     */
    static <T> void each(List<T> items, int atOnce, Consumer<T> work) {
        List<RegistryException> failures = map(items, atOnce, item -> failureOf(item, work)).stream()
                .flatMap(Optional::stream)
                .toList();
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        if (!failures.isEmpty()) {
            throw together(failures);
        }
    }

    private static <T> Optional<RegistryException> failureOf(T item, Consumer<T> work) {
        try {
            work.accept(item);
            return Optional.empty();
        } catch (RegistryException e) {
            if (e.kind() == Kind.ENVIRONMENT) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    /** A few are told, since thousands of files fail together, and the worst of them first: its remedy is the one that counts. */
    private static RegistryException together(List<RegistryException> failures) {
        List<RegistryException> worstFirst = failures.stream()
                .sorted(Comparator.comparing(each -> each.kind() != Kind.INTEGRITY))
                .toList();
        RegistryException worst = worstFirst.get(0);
        String told = worstFirst.stream()
                .limit(MOST_TOLD)
                .map(RegistryException::getMessage)
                .collect(Collectors.joining(" "));
        String rest = failures.size() > MOST_TOLD ? " And " + (failures.size() - MOST_TOLD) + " more files." : "";
        return new RegistryException(worst.kind(), told + rest, worst.remedy(), worst);
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryException.environment("The work was interrupted.", "Run the command again.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RegistryException told) {
                throw told;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
