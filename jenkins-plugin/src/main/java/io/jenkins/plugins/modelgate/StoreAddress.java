package io.jenkins.plugins.modelgate;

import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Stores;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A store as an agent is told of it. There is no secret in it.
 *
 * @param name its name in registry.yaml
 * @param url where it is, wherever one looks from
 */
record StoreAddress(String name, String url) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String SHARE =
            "A file store is one folder that the controller and the agents share: mount it on that node at the same path,"
                    + " build on a node that has it, or give the registry a store that is reached over the network.";

    static StoreAddress of(Registry registry, Optional<String> name) {
        StoreConfig config = registry.workplace().stores().absolute(name);
        return new StoreAddress(config.name(), config.url());
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
        return Stores.open(List.of(new StoreConfig(name, url)), Path.of(""));
    }

    /** On the controller: that it sees what a node says it put there. What the bytes are is for the gate to see. */
    void requireThere(ArtifactStore store, List<FileDigest> files, String node) {
        List<FileDigest> missing =
                files.stream().filter(file -> !has(store, file)).toList();
        if (!missing.isEmpty()) {
            FileDigest first = missing.get(0);
            throw RegistryException.integrity(
                    "Store " + name + " (" + url + ") does not have " + first.path() + " (" + first.digest() + ")"
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
        return Optional.of(url).filter(each -> each.startsWith("file:")).map(each -> Path.of(URI.create(each)));
    }
}
