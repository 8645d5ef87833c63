package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** A copy of a remote repository that is read while the other side cannot be asked. */
record OfflineUpstream(RemoteAddress address) implements Upstream {
    @Override
    public void refresh() {
        // The copy is all there is.
    }

    @Override
    public Map<String, ObjectId> everything() {
        throw RegistryException.usage(
                address + " cannot be asked offline.", "Run the command again without --offline.");
    }

    @Override
    public PublishResult publish(List<RefChange> changes) {
        throw RegistryException.usage(
                "Nothing can be changed in " + address + " offline.", "Run the command again without --offline.");
    }

    @Override
    public Optional<Path> home(Path repository) {
        return address.file().map(file -> file.toAbsolutePath().normalize().resolveSibling(""));
    }
}
