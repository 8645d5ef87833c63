package io.jenkins.plugins.modelgate;

import io.modelgate.Registry;
import io.modelgate.host.GitHost;
import io.modelgate.promotion.Workplace;
import io.modelgate.watch.Waiting;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what the queues that wait ask their host. It puts itself between a queue and its host, which nothing else may. With a
 * host over HTTP, asking what changed is one request, and nothing is read that did not change.
 */
final class HostRequests {
    private final Map<String, Integer> asked = new TreeMap<>();

    /** Counts from now on, at all queues that are there; how many these are. */
    int count() throws ReflectiveOperationException {
        Map<?, ?> queues = (Map<?, ?>) field(ProposalWatch.class, "queues").get(ProposalWatch.get());
        List<Object> present;
        synchronized (ProposalWatch.get()) {
            present = new ArrayList<>(queues.values());
        }
        for (Object queue : present) {
            Registry registry =
                    (Registry) field(ProposalQueue.class, "registry").get(queue);
            Workplace between = between(registry.workplace());
            field(Registry.class, "workplace").set(registry, between);
            field(Waiting.class, "workplace")
                    .set(field(ProposalQueue.class, "waiting").get(queue), between);
        }
        return present.size();
    }

    private Workplace between(Workplace real) {
        GitHost counted = (GitHost) Proxy.newProxyInstance(
                GitHost.class.getClassLoader(), new Class<?>[] {GitHost.class}, (proxy, method, arguments) -> {
                    synchronized (asked) {
                        asked.merge(method.getName(), 1, Integer::sum);
                    }
                    try {
                        return method.invoke(real.host(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new Workplace(
                real.repository(), counted, real.signing(), real.clock(), real.storeBase(), real.progress());
    }

    /** What was asked how often. */
    Map<String, Integer> asked() {
        synchronized (asked) {
            return Map.copyOf(asked);
        }
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
