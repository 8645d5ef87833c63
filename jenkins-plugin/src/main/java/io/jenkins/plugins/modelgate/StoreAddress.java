package io.jenkins.plugins.modelgate;

import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.StoredVersion;
import io.modelgate.store.Stores;
import io.modelgate.store.Upload;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A store as a node is told of it, for the files of one version.
 *
 * @param name its name in registry.yaml
 * @param version whose files it is for, {@code namespace/name@1.4.0}
 * @param places where it is, wherever one looks from; its mirrors follow
 * @param logins what the build's environment gives for it, before what the node has
 */
record StoreAddress(String name, String version, ArrayList<StorePlace> places, StoreLogins logins)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String SHARE =
            "A file store is one folder that the controller and the agents share: mount it on that node at the same path,"
                    + " build on a node that has it, or give the registry a store that is reached over the network.";

    static StoreAddress of(Registry registry, VersionId version, Optional<String> name, StoreLogins logins) {
        StoreConfig config = registry.workplace().stores().absolute(name);
        return new StoreAddress(
                config.name(),
                version.toString(),
                Stream.concat(Stream.of(config.location()), config.mirrors().stream())
                        .map(StorePlace::of)
                        .collect(Collectors.toCollection(ArrayList::new)),
                logins);
    }

    /** The same for the controller, which has logins of its own. */
    private StoreAddress ofController() {
        return new StoreAddress(name, version, places, StoreLogins.NONE);
    }

    private String url() {
        return places.get(0).url();
    }

    /** Where uploaded files go. */
    Upload.Destination destination() {
        return new Upload.Destination(name, VersionId.parse(version));
    }

    /** The part of the store that is for the version's model. */
    ArtifactStore store() {
        return open().of(new StoredVersion(VersionId.parse(version), Optional.of(name), List.of()));
    }

    /** On the controller: makes the folder of a file store, so that an agent need not make one that only it has. */
    void prepare() throws IOException {
        Optional<Path> folder = folder();
        if (folder.isPresent() && Files.isDirectory(folder.get().resolveSibling(""))) {
            Files.createDirectories(folder.get());
        }
    }

    /** On an agent: a folder that is not there is no store that the agent shares with the controller. */
    Stores open() {
        Optional<Path> folder = folder().filter(path -> !Files.isDirectory(path));
        if (folder.isPresent()) {
            throw RegistryException.environment(
                    "Store " + name + " is the folder " + folder.get() + ", which this node does not have.",
                    SHARE,
                    null);
        }
        List<StoreLocation> locations =
                places.stream().map(StorePlace::location).toList();
        return Stores.open(
                List.of(new StoreConfig(name, locations.get(0), locations.subList(1, locations.size()))),
                Path.of(""),
                logins.given());
    }

    /** On an agent: what went wrong there, and whether it may be because the folder is another one. */
    AgentReport trouble(RegistryException e) {
        boolean other = e.kind() == RegistryException.Kind.NOT_FOUND && folder().isPresent();
        return other
                ? new AgentReport(
                        List.of(),
                        e.getMessage() + " " + e.remedy()
                                + " If the controller has it, this node has another folder at " + folder().get() + ". "
                                + SHARE)
                : AgentReport.of(e);
    }

    /** On the controller: that it sees what a node says it put there. What the bytes are is for the gate to see. */
    void requireThere(List<FileDigest> files, String node) {
        ArtifactStore store = ofController().store();
        List<FileDigest> missing =
                files.stream().filter(file -> !has(store, file)).toList();
        if (!missing.isEmpty()) {
            FileDigest first = missing.get(0);
            throw RegistryException.integrity(
                    "Store " + name + " (" + url() + ") does not have " + first.path() + " (" + first.digest() + ")"
                            + (missing.size() > 1 ? " and " + (missing.size() - 1) + " other files" : "") + ", which "
                            + node + " says it put there. Nothing was proposed.",
                    folder().isPresent()
                            ? node + " has another folder at that path. " + SHARE
                            : "Run the build again; if it stays so, look at the store.");
        }
    }

    private static boolean has(ArtifactStore store, FileDigest file) {
        try (SeekableByteChannel bytes = store.open(file)) {
            return bytes.size() == file.size();
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> folder() {
        return Optional.of(url()).filter(each -> each.startsWith("file:")).map(each -> Path.of(URI.create(each)));
    }
}
