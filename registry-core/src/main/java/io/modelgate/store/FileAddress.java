package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.StoreConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Turns {@code file:artifacts} and {@code file:///srv/artifacts} into a folder of this machine. */
final class FileAddress {
    private static final String SCHEME = "file:";

    private FileAddress() {}

    /**
     * A relative address starts at {@code base}; blanks may stand as they are or as {@code %20}.
     *
     * @param base the folder that the registry is in; not absolute when that is on another machine
     */
    static Path of(StoreConfig config, Path base) {
        try {
            URI address = new URI(config.url().replace(" ", "%20"));
            String host = address.getAuthority();
            if (host != null && !host.equals("localhost")) {
                throw refused(config, "names the machine " + host + ", and a file store is a folder of this machine");
            }
            String path = address.isOpaque() ? address.getSchemeSpecificPart() : address.getPath();
            if (path == null || path.isEmpty()) {
                throw refused(config, "names no folder");
            }
            Path folder = base.resolve(path).normalize();
            if (!folder.isAbsolute()) {
                throw refused(config, "starts at the folder of the registry, which is on another machine");
            }
            return folder;
        } catch (URISyntaxException | InvalidPathException e) {
            throw refused(config, "cannot be read: " + e.getMessage());
        }
    }

    private static RegistryException refused(StoreConfig config, String why) {
        return RegistryException.environment(
                "Store " + config.name() + ": its address " + config.url() + " " + why + ".",
                "Write 'url: " + SCHEME + "///folder' or, beside the registry, 'url: " + SCHEME
                        + "folder' in registry.yaml.",
                null);
    }
}
