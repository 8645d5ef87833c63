package io.modelgate.store.http;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file in which curl, wget, pip and Git find logins (netrc(5)). Its {@code default} is for any host that a registry may name,
 * and therefore not used.
 */
final class Netrc {
    /** The variable that names another file. */
    static final String FILE = "NETRC";

    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    private final Path file;

    private Netrc(Path file) {
        this.file = file;
    }

    /** The one that {@code NETRC} names, or {@code ~/.netrc}. */
    static Netrc of(Map<String, String> environment, Path userHome) {
        String named = environment.getOrDefault(FILE, "");
        return named.isBlank() ? new Netrc(userHome.resolve(".netrc")) : named(named);
    }

    static Netrc named(String file) {
        return new Netrc(Path.of(file));
    }

    Path file() {
        return file;
    }

    /** The value of a {@code Basic} authorization for a host (RFC 7617). */
    Optional<String> basic(String host) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return login(host)
                .map(login -> "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<String> login(String host) {
        Iterator<String> words = words().iterator();
        boolean isFor = false;
        String user = "";
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("machine") && words.hasNext()) {
                isFor = words.next().toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
                user = "";
            } else if (word.equals("default")) {
                isFor = false;
            } else if (word.equals("login") && words.hasNext()) {
                user = words.next();
            } else if (word.equals("password") && words.hasNext()) {
                String password = words.next();
                if (isFor) {
                    return Optional.of(user + ":" + password);
                }
            }
        }
        return Optional.empty();
    }

    private List<String> words() {
        List<String> words = new ArrayList<>();
        boolean macro = false;
        for (String line : text().split("\\R", -1)) {
            if (line.isBlank()) {
                macro = false;
            }
            if (line.strip().startsWith("macdef ")) {
                macro = true; // Up to the next empty line.
            }
            if (macro || line.strip().startsWith("#")) {
                continue;
            }
            Matcher matcher = WORD.matcher(line);
            while (matcher.find()) {
                String quoted = matcher.group(1);
                words.add(quoted == null ? matcher.group(2) : quoted.replaceAll("\\\\(.)", "$1"));
            }
        }
        return words;
    }

    private String text() {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("it is too large");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw RegistryException.environment(
                    file + " cannot be read: " + e.getMessage() + ".",
                    "Mend it, or name another one in NETRC.",
                    null); // The cause could show a part of it.
        }
    }
}
