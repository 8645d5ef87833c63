package io.modelgate.store.oci;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.GivenVariables;
import io.modelgate.store.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds what {@code docker login}, {@code podman login} and {@code oras login} left, among what is given and then among what this
 * process has: the variable {@code DOCKER_AUTH_CONFIG}, as Docker and GitLab's runners have it, {@code config.json} of Docker, then
 * {@code auth.json} of containers (containers-auth.json(5)), each with its helpers.
 */
final class DockerLogins {
    private static final String DOCKER_FOLDER = "DOCKER_CONFIG";
    private static final String CONTAINERS_FILE = "REGISTRY_AUTH_FILE";
    private static final String CONFIG = "DOCKER_AUTH_CONFIG";
    /** Those that hold logins, or name files with them. */
    static final Set<String> VARIABLES = Set.of(CONFIG, DOCKER_FOLDER, CONTAINERS_FILE);

    private static final int MOST_BYTES = 4 << 20;
    private static final String HUB = "https://index.docker.io/v1/";

    private final GivenVariables given;
    private final Map<String, String> environment;
    private final Path userHome;
    private final CredentialProgram program;

    /** @param given variables that count before everything of this process and of its user */
    DockerLogins(GivenVariables given, Map<String, String> environment, Path userHome, CredentialProgram program) {
        this.given = given;
        this.environment = environment;
        this.userHome = userHome;
        this.program = program;
    }

    /** Who one is for a repository of a registry; nobody, with the reason, where nothing is known. */
    RegistryLogin find(String registry, String repository) {
        RegistryLogin best = RegistryLogin.none("no login");
        for (Iterator<Source> sources = sources(); sources.hasNext(); ) {
            RegistryLogin login = find(sources.next(), registry, repository);
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

    /** The first to be believed first; none is read before it is that one's turn. */
    private Iterator<Source> sources() {
        return Stream.concat(
                        sources(given.first(CONFIG), givenFiles()),
                        sources(Optional.ofNullable(environment.get(CONFIG)), files()))
                .iterator();
    }

    private static Stream<Source> sources(Optional<String> config, List<Path> files) {
        return Stream.concat(
                config.filter(text -> !text.isBlank()).stream()
                        .map(text -> new Source(parse(text.getBytes(StandardCharsets.UTF_8), CONFIG), CONFIG)),
                files.stream().filter(Files::isRegularFile).map(file -> new Source(read(file), file.toString())));
    }

    private List<Path> givenFiles() {
        return Stream.concat(
                        given.first(DOCKER_FOLDER).map(Path::of).map(DockerLogins::config).stream(),
                        given.first(CONTAINERS_FILE).map(Path::of).stream())
                .toList();
    }

    private static Path config(Path folder) {
        return folder.resolve("config.json");
    }

    /** Where logins of this process may be, the first to be believed first. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        files.add(config(folder(DOCKER_FOLDER).orElse(userHome.resolve(".docker"))));
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
