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
 * Finds what {@code docker login}, {@code podman login} and {@code oras login} left: the variable {@code DOCKER_AUTH_CONFIG}, as Docker
 * and GitLab's runners have it, {@code config.json} of Docker, then {@code auth.json} of containers (containers-auth.json(5)), each with
 * its helpers.
 */
final class DockerLogins {
    private static final String DOCKER_FOLDER = "DOCKER_CONFIG";
    private static final String CONTAINERS_FILE = "REGISTRY_AUTH_FILE";
    /** Those that name files with logins. */
    static final Set<String> VARIABLES = Set.of(DOCKER_FOLDER, CONTAINERS_FILE);

    private static final int MOST_BYTES = 4 << 20;
    private static final String HUB = "https://index.docker.io/v1/";
    private static final String VARIABLE = "DOCKER_AUTH_CONFIG";

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
        for (Source source : sources()) {
            RegistryLogin login = find(source, registry, repository);
            if (login.isSomebody()) {
                return login;
            }
            if (!login.source().equals("no login")) {
                best = login;
            }
        }
        return best;
    }

    /**
     * Something that holds logins.
     *
     * @param where in words
     */
    private record Source(Json config, String where) {}

    private List<Source> sources() {
        Stream<Source> variable =
                Optional.ofNullable(environment.get(VARIABLE)).filter(text -> !text.isBlank()).stream()
                        .map(text -> new Source(parse(text.getBytes(StandardCharsets.UTF_8), VARIABLE), VARIABLE));
        Stream<Source> files =
                files().stream().filter(Files::isRegularFile).map(file -> new Source(read(file), file.toString()));
        return Stream.concat(variable, files).toList();
    }

    /** Where logins may be, the first to be believed first. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        files.add(folder(DOCKER_FOLDER).orElse(userHome.resolve(".docker")).resolve("config.json"));
        Optional<Path> named = folder(CONTAINERS_FILE);
        if (named.isPresent()) {
            files.add(named.get());
        } else {
            runtimeFolder().ifPresent(each -> files.add(each.resolve("auth.json")));
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

    /** Where podman has its logins until the machine starts anew; without a session of the desktop, by the number of the user. */
    private Optional<Path> runtimeFolder() {
        Optional<Path> session = folder("XDG_RUNTIME_DIR").map(each -> each.resolve("containers"));
        if (session.isPresent()) {
            return session;
        }
        try {
            return Optional.of(Path.of("/run/containers", Files.getAttribute(Path.of("/proc/self"), "unix:uid") + ""));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty(); // No Linux.
        }
    }

    private RegistryLogin find(Source source, String registry, String repository) {
        Json config = source.config();
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
                .map(key -> entry(config.at("auths").at(key), source.where(), key))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(stored);
    }

    /** Docker's own registry has a name of its own in these files. */
    private static String server(String registry) {
        return OciAddress.isDockersOwn(registry) ? HUB : registry;
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
        if (OciAddress.isDockersOwn(registry)) {
            keys.addAll(List.of(HUB, "index.docker.io", "docker.io", "registry-1.docker.io"));
        }
        return keys;
    }

    private static Optional<RegistryLogin> entry(Json entry, String where, String key) {
        String source = "the login for " + key + " in " + where;
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
        String pair = decoded(auth.get(), where, key);
        int colon = pair.indexOf(':');
        return Optional.of(RegistryLogin.of(
                pair.substring(0, colon), pair.substring(colon + 1).replaceAll("\0+$", ""), source));
    }

    private static String decoded(String auth, String where, String key) {
        try {
            String pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
            if (pair.indexOf(':') > 0) {
                return pair;
            }
        } catch (IllegalArgumentException e) {
            // Its message would show a part of the secret.
        }
        throw RegistryException.environment(
                "The login for " + key + " in " + where + " cannot be read.",
                "Log in again: 'docker login " + key + "'.",
                null);
    }

    private static Json read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unreadable(file.toString(), "it is too large");
            }
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw unreadable(file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static Json parse(byte[] json, String where) {
        try {
            return Json.parse(json);
        } catch (IllegalArgumentException e) {
            throw unreadable(where, "it is not JSON");
        }
    }

    private static RegistryException unreadable(String where, String why) {
        return RegistryException.environment(
                where + " cannot be read: " + why + ".", "Mend it, or log in again.", null);
    }
}
