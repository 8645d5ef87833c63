package io.modelgate.store.http;

import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.StoreKind;
import io.modelgate.store.oci.OciStoreKind;
import io.modelgate.store.s3.S3StoreKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A store of each kind at the address of a played server, for what is the same for all of them. */
final class EachKind {
    private EachKind() {}

    /** @param kind {@code https}, {@code oci} or {@code s3} */
    static ArtifactStore store(String kind, Path work, URI server, Limits limits) {
        Optional<URI> endpoint = kind.equals("s3") ? Optional.of(server) : Optional.empty();
        String url = switch (kind) {
            case "s3" -> "s3://models";
            case "oci" -> server.toString().replace("http:", "oci:") + "/models";
            default -> server.toString();
        };
        StoreKind.Site site =
                new StoreKind.Site("main", new StoreLocation(url, endpoint, Optional.empty(), Optional.empty()), work);
        return switch (kind) {
            case "s3" -> new S3StoreKind(limits).open(site);
            case "oci" ->
                new OciStoreKind(Map.of(), work, limits).open(site).of(ModelName.parse("credit/default-risk"));
            default -> new HttpStoreKind(Map.of(), work, Resolver.SYSTEM, limits).open(site);
        };
    }

    /** As somebody, for S3. */
    static void logIn() {
        System.setProperty("aws.accessKeyId", "somebody");
        System.setProperty("aws.secretAccessKey", "never-to-be-told");
    }

    static void logOut() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }
}
