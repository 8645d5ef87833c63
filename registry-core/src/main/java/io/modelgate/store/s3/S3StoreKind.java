package io.modelgate.store.s3;

import io.modelgate.store.ArtifactStore;
import io.modelgate.store.GivenVariables;
import io.modelgate.store.RemoteStore;
import io.modelgate.store.StoreKind;
import io.modelgate.store.http.Limits;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Buckets of Amazon S3 and of servers that speak as it does. */
public final class S3StoreKind implements StoreKind {
    private final Supplier<Limits> limits;
    /** Those of the process, kept so that roles are assumed and connections made once and not for each file. */
    private final Map<S3Address, S3Connection> connections = new ConcurrentHashMap<>();

    /** With the logins and the settings of whoever runs this process. */
    public S3StoreKind() {
        this(() -> Limits.of(System.getenv()));
    }

    /** @param limits how long servers are waited for */
    public S3StoreKind(Limits limits) {
        this(() -> limits);
    }

    private S3StoreKind(Supplier<Limits> limits) {
        this.limits = limits;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("s3");
    }

    @Override
    public Set<String> variables() {
        return GivenCredentials.VARIABLES;
    }

    @Override
    public ArtifactStore open(Site site) {
        S3Address address = S3Address.of(site);
        GivenVariables given = site.given();
        Limits wait = limits.get();
        S3Connection connection = given.isEmpty()
                ? connections.computeIfAbsent(address, any -> new S3Connection(any, given, wait))
                : new S3Connection(address, given, wait);
        return new RemoteStore(site.name(), address.toString(), new S3Objects(connection), wait.least());
    }
}
