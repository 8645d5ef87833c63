package io.modelgate.store;

import io.modelgate.finding.RegistryException;
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
     * @param site whose base is the folder that the registry is in; not absolute when that is on another machine
     */
    static Path of(StoreKind.Site site) {
        try {
            URI address = new URI(site.location().url().replace(" ", "%20"));
            String host = address.getAuthority();
            if (host != null && !host.equals("localhost")) {
                throw refused(site, "names the machine " + host + ", and a file store is a folder of this machine");
            }
            String path = address.isOpaque() ? address.getSchemeSpecificPart() : address.getPath();
            if (path == null || path.isEmpty()) {
                throw refused(site, "names no folder");
            }
            Path folder = site.base().resolve(path).normalize();
            if (!folder.isAbsolute()) {
                throw refused(site, "starts at the folder of the registry, which is on another machine");
            }
            return folder;
        } catch (URISyntaxException | InvalidPathException e) {
            throw refused(site, "cannot be read: " + e.getMessage());
        }
    }

    private static RegistryException refused(StoreKind.Site site, String why) {
        return RegistryException.environment(
                "Store " + site.name() + ": its address " + site.location().url() + " " + why + ".",
                "Write 'url: " + SCHEME + "///folder' or, beside the registry, 'url: " + SCHEME
                        + "folder' in registry.yaml.",
                null);
    }
}
