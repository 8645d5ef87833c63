package io.modelgate.store.s3;

import io.modelgate.store.ArtifactStore;
import io.modelgate.store.RemoteStore;
import io.modelgate.store.StoreKind;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Buckets of Amazon S3 and of servers that speak as it does. */
public final class S3StoreKind implements StoreKind {
    /** Those of the process, kept so that roles are assumed and connections made once and not for each file. */
    private final Map<S3Address, S3Connection> connections = new ConcurrentHashMap<>();

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
        S3Connection connection = site.given().isEmpty()
                ? connections.computeIfAbsent(address, each -> new S3Connection(each, site.given()))
                : new S3Connection(address, site.given());
        return new RemoteStore(site.name(), address.toString(), new S3Objects(connection));
    }
}
