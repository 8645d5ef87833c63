package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.UserId;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody who comes with an SSH key is given: one of Git's two transfer programs on one repository, under the name that
 * the key's forced command says.
 *
 * @param command the program and its arguments, none of them from the client
 * @param environment its whole environment
 */
public record ServedCommand(List<String> command, SortedMap<String, String> environment) {
    private static final Pattern REQUEST =
            Pattern.compile("git[ -](receive-pack|upload-pack) ('(?:[^'\\\\!]|'\\\\['!]')*'|[A-Za-z0-9._/~+-]+)");
    private static final Pattern PROTOCOL = Pattern.compile("version=[0-9]");
    private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME");

    public ServedCommand {
        command = List.copyOf(command);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /**
     * Decides what to run.
     *
     * @param user who the key belongs to
     * @param repository the repository that the key is for
     * @param environment what the SSH server gave to the forced command; the client's wish is in it
     */
    public static ServedCommand of(UserId user, Path repository, Map<String, String> environment) {
        String wish = environment.getOrDefault("SSH_ORIGINAL_COMMAND", "");
        Path served = repository.toAbsolutePath().normalize();
        Matcher request = REQUEST.matcher(wish);
        if (!request.matches()) {
            throw RegistryException.usage(
                    "Hello " + user + ". This key is for Git alone: there is no shell.",
                    "Use the registry: 'modelgate list --registry ssh://…" + served + "'.");
        }
        if (!isSame(unquoted(request.group(2)), served, environment)) {
            throw RegistryException.notFound(
                    "This key is for one registry, and that is not " + unquoted(request.group(2)) + ".",
                    "Use the address that you were given.");
        }
        SortedMap<String, String> clean = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (PASSED_ON.contains(name)
                    || (name.equals("GIT_PROTOCOL") && PROTOCOL.matcher(value).matches())) {
                clean.put(name, value);
            }
        });
        clean.put(LocalIdentity.FORCED_USER, user.value());
        return new ServedCommand(List.of("git", request.group(1), served.toString()), clean);
    }

    /** The process, not yet started, with the streams of this one. */
    public ProcessBuilder process() {
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        process.environment().clear();
        process.environment().putAll(environment);
        return process;
    }

    private static boolean isSame(String asked, Path served, Map<String, String> environment) {
        String path = asked.startsWith("/~/") ? asked.substring(1) : asked;
        String home = environment.getOrDefault("HOME", "/");
        Path wanted = Path.of(path.startsWith("~/") ? path.substring(2) : path);
        return Path.of(home).resolve(wanted).toAbsolutePath().normalize().equals(served);
    }

    /** Takes away the quotes that Git puts around a path for a shell. */
    private static String unquoted(String word) {
        return word.startsWith("'")
                ? word.substring(1, word.length() - 1).replace("'\\''", "'").replace("'\\!'", "!")
                : word;
    }
}
