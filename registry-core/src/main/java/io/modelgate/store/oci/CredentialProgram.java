package io.modelgate.store.oci;

import io.modelgate.finding.Text;
import io.modelgate.store.http.Json;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks a {@code docker-credential-…} program, which keeps logins out of files. It is started without a shell. */
final class CredentialProgram {
    private static final String WHETHER = "MODELGATE_CREDENTIAL_HELPER";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MOST_BYTES = 64 << 10;
    private static final int LONGEST_WORDS = 200;

    private final Map<String, String> environment;
    private final int patienceSeconds;

    CredentialProgram(Map<String, String> environment, int patienceSeconds) {
        this.environment = environment;
        this.patienceSeconds = patienceSeconds;
    }

    /** What a program knows of a server; nobody, with the reason in words, when it knows nothing. */
    RegistryLogin ask(String name, String server) {
        String program = "docker-credential-" + name;
        if (!NAME.matcher(name).matches()) {
            return RegistryLogin.none("no login: the helper in Docker's configuration has no name of a program");
        }
        if ("none".equals(environment.get(WHETHER))) {
            return RegistryLogin.none("no login: " + WHETHER + " says to ask no helper");
        }
        Optional<Path> found = find(program);
        if (found.isEmpty()) {
            return RegistryLogin.none("no login: there is no " + program + " on the PATH");
        }
        ProcessBuilder builder = new ProcessBuilder(List.of(found.get().toString(), "get"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return RegistryLogin.none("no login: " + program + " cannot be started");
        }
        try {
            return login(process, program, server);
        } catch (IOException | IllegalArgumentException e) {
            return RegistryLogin.none("no login: " + program + " did not answer as it should");
        } finally {
            process.destroyForcibly();
        }
    }

    private RegistryLogin login(Process process, String program, String server) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        byte[] said = answer(process, server, late);
        int status = status(process);
        if (late.get()) {
            return RegistryLogin.none("no login: " + program + " did not answer within " + patienceSeconds + " s");
        }
        if (status != 0) {
            return refused(program, server, new String(said, StandardCharsets.UTF_8).strip());
        }
        return login(Json.parse(said), program)
                .orElseGet(() -> RegistryLogin.none("no login: " + program + " knows none for " + server));
    }

    /** Never in the folder that somebody happens to be in. */
    private Optional<Path> find(String program) {
        return Stream.of(environment.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator), -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .flatMap(folder -> Stream.of(folder.resolve(program), folder.resolve(program + ".exe")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private byte[] answer(Process process, String server, AtomicBoolean late) throws IOException {
        Thread watchdog = new Thread(() -> endLate(process, late), "modelgate-credentials");
        watchdog.setDaemon(true);
        watchdog.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(server.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It did not want to read; what it says is what counts.
        }
        return process.getInputStream().readNBytes(MOST_BYTES);
    }

    private static int status(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Programs say on their standard output why not, and these words when they know nobody. */
    private static RegistryLogin refused(String program, String server, String said) {
        boolean mayBeSecret = said.startsWith("{");
        return RegistryLogin.none(
                said.isEmpty() || mayBeSecret || said.contains("credentials not found")
                        ? "no login: " + program + " knows none for " + server
                        : "no login: " + program + " says: " + Text.said(said, LONGEST_WORDS));
    }

    private void endLate(Process process, AtomicBoolean late) {
        try {
            if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
                late.set(true);
                process.descendants().forEach(ProcessHandle::destroyForcibly); // It may have children with our pipe.
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static Optional<RegistryLogin> login(Json json, String program) {
        return json.text("Secret")
                .filter(secret -> !secret.isEmpty())
                .map(secret -> RegistryLogin.of(json.text("Username").orElse(""), secret, "what " + program + " gave"));
    }
}
