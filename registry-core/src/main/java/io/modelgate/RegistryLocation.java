package io.modelgate;

import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import io.modelgate.git.RemoteSite;
import io.modelgate.git.Repositories;
import io.modelgate.manifest.Fields;
import io.modelgate.manifest.Node;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a registry is: a folder of this machine or an address that Git understands.
 *
 * @param address the path or URL
 */
public record RegistryLocation(String address) {
    /** The file that names the registry of a project, looked for here and in all folders above. */
    public static final String CONFIG_FILE = ".modelgate.yaml";

    private static final Pattern REMOTE = Pattern.compile("(?:[a-z][a-z0-9+.-]*://.*|[^/:]+@[^/:]+:.*)");

    public RegistryLocation {
        if (address.isBlank() || address.startsWith("-")) {
            throw RegistryException.usage(
                    "'" + address + "' is no registry.", "Give the path or the URL of a registry.");
        }
    }

    /** Whether it is reached through a Git transport; otherwise {@link #path} says where it is. */
    public boolean remote() {
        return REMOTE.matcher(address).matches();
    }

    /** The address as it may be shown: without a secret. */
    public String shown() {
        return remote() ? RemoteSite.of(address).toString() : address;
    }

    /** The folder of a registry that is not remote. */
    public Path path() {
        return Path.of(address);
    }

    /**
     * Finds the registry: what was given, else {@code MODELGATE_REGISTRY}, else a configuration file in the directory or
     * above it, else the repository that the directory is in (for a clone, what it was cloned from), else that of the user.
     *
     * @param given what the user named on the command line
     * @param environment environment variables
     * @param directory the absolute directory that the user stands in; relative paths start there
     */
    public static RegistryLocation find(Optional<String> given, Map<String, String> environment, Path directory) {
        Optional<String> named = given.or(
                () -> Optional.ofNullable(environment.get("MODELGATE_REGISTRY")).filter(text -> !text.isBlank()));
        return named.map(address -> relativeTo(directory, address))
                .or(() -> configuredAbove(directory))
                .or(() -> enclosing(directory))
                .or(() -> configuredByUser(environment))
                .orElseThrow(() -> RegistryException.notFound(
                        "There is no registry here.",
                        "Name one with --registry or MODELGATE_REGISTRY, or make one: 'modelgate init registry.git'."));
    }

    private static RegistryLocation relativeTo(Path directory, String address) {
        RegistryLocation location = new RegistryLocation(address);
        if (location.remote()) {
            return location;
        }
        Path path = directory.resolve(address).normalize();
        Path config = path.resolve(CONFIG_FILE);
        return Files.isRegularFile(config) && !Files.isDirectory(path.resolve("objects"))
                ? read(config)
                : new RegistryLocation(path.toString());
    }

    private static Optional<RegistryLocation> configuredAbove(Path directory) {
        for (Path folder = directory; folder != null; folder = folder.getParent()) {
            Path file = folder.resolve(CONFIG_FILE);
            if (Files.isRegularFile(file)) {
                return Optional.of(read(file));
            }
        }
        return Optional.empty();
    }

    private static Optional<RegistryLocation> configuredByUser(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        String base = environment.getOrDefault("XDG_CONFIG_HOME", home.isEmpty() ? "" : home + "/.config");
        if (base.isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(base, "modelgate", "config.yaml");
        return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
    }

    private static RegistryLocation read(Path file) {
        try {
            SourceFile source = new SourceFile(file.toString(), Files.readAllBytes(file));
            Checked<Node> yaml = YamlReader.read(source);
            Checked<String> address = yaml.then(node -> {
                Fields fields = Fields.of(node);
                String text = fields.text("registry");
                return fields.build(() -> text);
            });
            if (!address.ok()) {
                throw RegistryException.usage(
                        address.findings().get(0).toString(), "Write one line: 'registry: <path or URL>'.");
            }
            Path folder = file.toAbsolutePath().getParent();
            return relativeTo(folder == null ? file : folder, address.get());
        } catch (IOException e) {
            throw RegistryException.environment(
                    file + " cannot be read.", "Check its permissions, or name the registry with --registry.", e);
        }
    }

    private static Optional<RegistryLocation> enclosing(Path directory) {
        for (Path folder = directory; folder != null; folder = folder.getParent()) {
            if (isBare(folder)) {
                return Optional.of(new RegistryLocation(folder.toString()));
            }
            if (Files.exists(folder.resolve(".git")) && Files.isRegularFile(folder.resolve("registry.yaml"))) {
                Path clone = folder;
                return Optional.of(Repositories.origin(folder)
                        .map(origin -> relativeTo(clone, origin))
                        .orElseGet(() -> new RegistryLocation(clone.toString())));
            }
        }
        return Optional.empty();
    }

    private static boolean isBare(Path folder) {
        return Files.isRegularFile(folder.resolve("HEAD"))
                && Files.isDirectory(folder.resolve("objects"))
                && Files.isDirectory(folder.resolve("refs"));
    }
}
