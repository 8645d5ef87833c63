package io.modelgate.store.oci;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds what {@code docker login}, {@code podman login} and {@code oras login} left: {@code config.json} of Docker, then
 * {@code auth.json} of containers (containers-auth.json(5)), each with its helpers.
 */
final class DockerLogins {
    private static final String DOCKER_FOLDER = "DOCKER_CONFIG";
    private static final String CONTAINERS_FILE = "REGISTRY_AUTH_FILE";
    /** Those that name files with logins. */
    static final Set<String> VARIABLES = Set.of(DOCKER_FOLDER, CONTAINERS_FILE);

    private static final int MOST_BYTES = 4 << 20;

    private final Map<String, String> environment;
    private final Path userHome;
    private final CredentialProgram program;

    DockerLogins(Map<String, String> environment, Path userHome, CredentialProgram program) {
        this.environment = environment;
        this.userHome = userHome;
        this.program = program;
    }

    /** Who one is for a repository of a registry; nobody, with the reason, where nothing is known. */
    RegistryLogin find(String registry, String repository) {
        RegistryLogin best = RegistryLogin.none("no login");
        for (Path file : files()) {
            if (Files.isRegularFile(file)) {
                RegistryLogin login = find(read(file), file, registry, repository);
                if (login.isSomebody()) {
                    return login;
                }
                if (!login.source().equals("no login")) {
                    best = login;
                }
            }
        }
        return best;
    }

    /** Where logins may be, the first to be believed first. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        files.add(folder(DOCKER_FOLDER).orElse(userHome.resolve(".docker")).resolve("config.json"));
        Optional<Path> named = folder(CONTAINERS_FILE);
        if (named.isPresent()) {
            files.add(named.get());
        } else {
            folder("XDG_RUNTIME_DIR").ifPresent(each -> files.add(each.resolve("containers/auth.json")));
            files.add(folder("XDG_CONFIG_HOME")
                    .orElse(userHome.resolve(".config"))
                    .resolve("containers/auth.json"));
        }
        return files;
    }

    private Optional<Path> folder(String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    private RegistryLogin find(Json config, Path file, String registry, String repository) {
        List<String> keys = keys(registry, repository);
        for (String key : keys) {
            Optional<String> helper = config.at("credHelpers").text(key);
            if (helper.isPresent()) {
                return program.ask(helper.get(), server(registry));
            }
        }
        RegistryLogin stored = config.text("credsStore")
                .filter(name -> !name.isEmpty())
                .map(name -> program.ask(name, server(registry)))
                .orElseGet(() -> RegistryLogin.none("no login"));
        if (stored.isSomebody()) {
            return stored;
        }
        return keys.stream()
                .map(key -> entry(config.at("auths").at(key), file, key))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(stored);
    }

    /** Docker's own registry has a name of its own in these files. */
    private static String server(String registry) {
        return registry.equals("docker.io") ? "https://index.docker.io/v1/" : registry;
    }

    /** The longest part of the repository's name first, then the registry as the tools write it. */
    private static List<String> keys(String registry, String repository) {
        List<String> keys = new ArrayList<>();
        String name = registry + "/" + repository;
        for (int end = name.length(); end > registry.length(); end = name.lastIndexOf('/', end - 1)) {
            keys.add(name.substring(0, end));
        }
        Stream.of("", "https://", "http://")
                .flatMap(start -> Stream.of("", "/", "/v1/", "/v2/").map(end -> start + registry + end))
                .forEach(keys::add);
        if (registry.equals("docker.io")) {
            keys.addAll(List.of("https://index.docker.io/v1/", "index.docker.io"));
        }
        return keys;
    }

    private static Optional<RegistryLogin> entry(Json entry, Path file, String key) {
        String source = "the login for " + key + " in " + file;
        Optional<String> bearer = entry.text("registrytoken").filter(text -> !text.isEmpty());
        Optional<String> refresh = entry.text("identitytoken").filter(text -> !text.isEmpty());
        if (bearer.isPresent() || refresh.isPresent()) {
            return Optional.of(new RegistryLogin(Optional.empty(), refresh, bearer, source));
        }
        Optional<String> auth = entry.text("auth").filter(text -> !text.isEmpty());
        if (auth.isEmpty()) {
            return entry.text("password")
                    .filter(text -> !text.isEmpty())
                    .map(password -> RegistryLogin.of(entry.text("username").orElse(""), password, source));
        }
        String pair = decoded(auth.get(), file, key);
        int colon = pair.indexOf(':');
        return Optional.of(RegistryLogin.of(
                pair.substring(0, colon), pair.substring(colon + 1).replaceAll("\0+$", ""), source));
    }

    private static String decoded(String auth, Path file, String key) {
        try {
            String pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
            if (pair.indexOf(':') > 0) {
                return pair;
            }
        } catch (IllegalArgumentException e) {
            // Its message would show a part of the secret.
        }
        throw RegistryException.environment(
                "The login for " + key + " in " + file + " cannot be read.",
                "Log in again: 'docker login " + key + "'.",
                null);
    }

    private static Json read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IllegalArgumentException("it is too large");
            }
            return Json.parse(Files.readAllBytes(file));
        } catch (IOException | IllegalArgumentException e) {
            throw RegistryException.environment(
                    file + " cannot be read: " + e.getMessage() + ".", "Mend it, or log in again.", null);
        }
    }
}
