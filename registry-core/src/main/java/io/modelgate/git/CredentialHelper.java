package io.modelgate.git;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.transport.URIish;

/** Asks the credential helpers that the user has set up for {@code git}, and tells them what came of it. Never prompts. */
final class CredentialHelper {
    /** The environment variable that, with the value {@code none}, keeps helpers from being asked: no program is started then. */
    private static final String WHETHER = "MODELGATE_CREDENTIAL_HELPER";

    private static final int PATIENCE_SECONDS = 30;
    private static final int MOST_BYTES = 64 << 10;

    private final Path folder;
    private final Map<String, String> environment;
    private final boolean isTold;

    /** @param folder where git runs: no repository of somebody else's, whose configuration it would heed */
    CredentialHelper(Path folder, Map<String, String> environment) {
        this(folder, environment, true);
    }

    private CredentialHelper(Path folder, Map<String, String> environment, boolean isTold) {
        this.folder = folder;
        this.environment = environment;
        this.isTold = isTold;
    }

    /** One that is not told what came of it: another repository's refusal must not make helpers forget a secret that is right. */
    CredentialHelper untold() {
        return new CredentialHelper(folder, environment, false);
    }

    /** A name and a secret for an address; empty when there is no helper, or it knows none. */
    Optional<Login> fill(URIish uri, Optional<String> user) {
        Map<String, String> answer = run("fill", request(uri, user));
        String name = answer.get("username");
        String secret = answer.get("password");
        return name == null || secret == null ? Optional.empty() : Optional.of(new Login(name, secret));
    }

    void approve(URIish uri, Login login) {
        tell("approve", uri, login);
    }

    void reject(URIish uri, Login login) {
        tell("reject", uri, login);
    }

    private void tell(String verb, URIish uri, Login login) {
        if (isTold) {
            run(verb, request(uri, Optional.of(login.user())) + "password=" + login.secret() + "\n");
        }
    }

    private static String request(URIish uri, Optional<String> user) {
        String host = uri.getPort() > 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost();
        String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("^/+", "");
        return "protocol=" + uri.getScheme() + "\nhost=" + host + "\npath=" + path + "\n"
                + user.map(name -> "username=" + name + "\n").orElse("");
    }

    private Map<String, String> run(String verb, String request) {
        if ("none".equals(environment.get(WHETHER))) {
            return Map.of();
        }
        ProcessBuilder builder = new ProcessBuilder(List.of("git", "credential", verb))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> variables = builder.environment();
        variables.putAll(environment);
        variables.keySet().removeAll(Set.of("GIT_DIR", "GIT_WORK_TREE", Credentials.TOKEN));
        variables.putAll(Map.of(
                "GIT_TERMINAL_PROMPT", "0",
                "GIT_ASKPASS", "",
                "SSH_ASKPASS", "",
                "GCM_INTERACTIVE", "never",
                "GIT_CEILING_DIRECTORIES", folder.toAbsolutePath().toString()));
        try {
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write((request + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return answer(process);
        } catch (IOException e) {
            // There is no git, or it took no questions: then there is no helper.
            return Map.of();
        }
    }

    private static Map<String, String> answer(Process process) throws IOException {
        Thread watchdog = new Thread(() -> endLate(process), "credential helper watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
        byte[] said = process.getInputStream().readNBytes(MOST_BYTES);
        try {
            if (process.waitFor() != 0) {
                return Map.of();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return Map.of();
        }
        Map<String, String> answer = new HashMap<>();
        new String(said, StandardCharsets.UTF_8).lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                answer.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return answer;
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
