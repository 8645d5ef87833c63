package io.modelgate.store.oci;

import io.modelgate.store.ArtifactStore;
import io.modelgate.store.RemoteStore;
import io.modelgate.store.StoreKind;
import io.modelgate.store.http.Access;
import io.modelgate.store.http.Limits;
import io.modelgate.store.http.StoreClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Container registries: Distribution, Harbor, GitHub, GitLab, Amazon, Google, Azure and others that speak OCI. */
public final class OciStoreKind implements StoreKind {
    private static final int HELPER_SECONDS = 30;

    private final Map<String, String> environment;
    private final Path userHome;
    private final BegunUploads begun;
    private final Supplier<Limits> limits;

    /** With the logins of whoever runs this process. */
    public OciStoreKind() {
        this(System.getenv(), Path.of(System.getProperty("user.home", "")), () -> Limits.of(System.getenv()));
    }

    /**
     * With other logins.
     *
     * @param userHome where logins are looked for
     * @param limits how long servers are waited for
     */
    public OciStoreKind(Map<String, String> environment, Path userHome, Limits limits) {
        this(environment, userHome, () -> limits);
    }

    private OciStoreKind(Map<String, String> environment, Path userHome, Supplier<Limits> limits) {
        this.environment = environment;
        this.userHome = userHome;
        this.begun = BegunUploads.of(environment, userHome);
        this.limits = limits;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("oci");
    }

    @Override
    public Set<String> variables() {
        return DockerLogins.VARIABLES;
    }

    @Override
    public ArtifactStore open(Site site) {
        OciAddress address = OciAddress.of(site);
        Limits wait = limits.get();
        DockerLogins logins = new DockerLogins(
                site.given(),
                environment,
                userHome,
                new CredentialProgram(site.given().over(environment), HELPER_SECONDS));
        StoreClient nobody = new StoreClient(address.api(), Access.NONE, wait);
        return new RemoteStore(
                site.name(),
                site.location().url(),
                new OciObjects.All(
                        address,
                        nobody,
                        resource -> new RegistryAccess(
                                nobody,
                                resource,
                                () -> logins.find(address.registry(), resource.replaceFirst("^repository:", ""))),
                        begun),
                wait.least());
    }
}
