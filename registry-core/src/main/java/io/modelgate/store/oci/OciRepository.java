package io.modelgate.store.oci;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Text;
import io.modelgate.manifest.Digest;
import io.modelgate.store.http.Ask;
import io.modelgate.store.http.Json;
import io.modelgate.store.http.Reply;
import io.modelgate.store.http.StoreClient;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One repository of a registry, by the OCI distribution specification 1.1. What it says is believed only where a digest proves it. */
final class OciRepository {
    private static final int MOST_TAGS = 100_000;
    private static final Pattern NEXT = Pattern.compile("<([^>]{1,4000})>\\s*;[^,]*rel=\"?next\"?");
    /** A list that is not for everybody, or that this registry does not keep. */
    private static final Set<Integer> NO_LIST = Set.of(401, 403, 404, 405, 501);

    private final StoreClient client;
    private final String name;

    OciRepository(StoreClient client, String name) {
        this.client = client;
        this.name = name;
    }

    StoreClient client() {
        return client;
    }

    String name() {
        return name;
    }

    URI at(String path) {
        return client.home().resolve("/v2/" + name + path);
    }

    URI blob(Digest digest) {
        return at("/blobs/" + digest);
    }

    /** The manifest of this tag or digest. */
    Optional<Manifest> manifest(String reference) throws IOException {
        try (Reply reply =
                client.send(Ask.of("GET", at("/manifests/" + reference)).with("Accept", MediaType.ACCEPTED))) {
            if (reply.status() == 404) {
                return Optional.empty();
            }
            if (!reply.ok()) {
                throw client.trouble(reply, "the manifest " + reference + " in " + name);
            }
            byte[] bytes = reply.bytes(Manifest.MOST_BYTES);
            requireTrue(reference, bytes);
            return Optional.of(new Manifest(Digest.of(bytes), parse(reference, bytes)));
        }
    }

    private void requireTrue(String reference, byte[] bytes) {
        if (reference.startsWith("sha256:") && !Digest.of(bytes).toString().equals(reference)) {
            throw RegistryException.integrity(
                    client.home().getHost() + " gives another manifest than " + reference + " in " + name + ".",
                    "Nothing of it was used. Ask whoever runs the registry.");
        }
    }

    private Json parse(String reference, byte[] bytes) {
        try {
            return Json.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw RegistryException.environment(
                    "What " + client.home().getHost() + " gives as the manifest " + reference + " in " + name
                            + " is none: " + e.getMessage() + ".",
                    "Check the address of the store, or ask whoever runs the registry.",
                    null);
        }
    }

    /** Puts a manifest under a tag or its digest; whether the registry noted which other manifest it is about. */
    boolean put(String reference, String mediaType, byte[] bytes) throws IOException {
        try (Reply reply =
                client.send(Ask.of("PUT", at("/manifests/" + reference)).sending(mediaType, bytes))) {
            if (!reply.ok()) {
                throw client.trouble(reply, "the manifest " + reference + " in " + name);
            }
            return reply.header("oci-subject").isPresent();
        }
    }

    /**
     * Whether the registry lists what is about a manifest, by the API of the distribution specification 1.1. Some do and forget to say
     * so with {@code OCI-Subject}.
     */
    boolean listsReferrers(Digest subject) throws IOException {
        try (Reply reply =
                client.send(Ask.of("GET", at("/referrers/" + subject)).with("Accept", MediaType.INDEX))) {
            return reply.status() == 200
                    && Json.parse(reply.bytes(Manifest.MOST_BYTES))
                            .at("manifests")
                            .isThere();
        } catch (IllegalArgumentException e) {
            return false; // A page for people, or anything else.
        }
    }

    /** All tags; none where there is no such repository. */
    List<String> tags() throws IOException {
        return names(at("/tags/list?n=1000"), "tags").orElse(List.of());
    }

    /** The repositories of the whole registry, where it tells. */
    static Optional<List<String>> catalog(StoreClient client) throws IOException {
        return new OciRepository(client, "_catalog")
                .names(client.home().resolve("/v2/_catalog?n=1000"), "repositories");
    }

    private Optional<List<String>> names(URI first, String field) throws IOException {
        List<String> names = new ArrayList<>();
        Optional<URI> next = Optional.of(first);
        while (next.isPresent()) {
            try (Reply reply = client.send(Ask.of("GET", next.get()))) {
                if (NO_LIST.contains(reply.status())) {
                    return Optional.empty();
                }
                if (!reply.ok()) {
                    throw client.trouble(reply, "the " + field + " of " + name);
                }
                int before = names.size();
                parse(field, reply.bytes(Manifest.MOST_BYTES)).texts(field).forEach(names::add);
                requireFew(names, field);
                next = names.size() == before ? Optional.empty() : following(reply);
            }
        }
        return Optional.of(names);
    }

    private void requireFew(List<String> names, String field) {
        if (names.size() > MOST_TAGS) {
            throw RegistryException.environment(
                    Text.said(name, 200) + " has more than " + MOST_TAGS + " " + field + ".",
                    "Nobody means that: look at it with the registry's own means.",
                    null);
        }
    }

    /** On this server, whatever it calls itself. */
    private Optional<URI> following(Reply reply) {
        Matcher link = NEXT.matcher(reply.header("link").orElse(""));
        int query = link.find() ? link.group(1).indexOf('?') : -1;
        try {
            String path = reply.from().getRawPath();
            return query < 0
                    ? Optional.empty()
                    : Optional.of(client.home().resolve(path + link.group(1).substring(query)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
