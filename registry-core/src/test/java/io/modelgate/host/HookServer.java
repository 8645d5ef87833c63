package io.modelgate.host;

import io.modelgate.finding.Finding;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Answers for the hooks of all repositories of a test, in this process: a hook is a script that hands its environment and
 * input over and waits, which is much faster than a Java process for every push.
 */
final class HookServer implements AutoCloseable {
    private static final String SCRIPT = """
            #!/bin/sh
            # Stands for the launcher: called as 'launcher host hook pre-receive'.
            [ "$*" = "host hook pre-receive" ] || exit 9
            cd_to="$PWD"
            me="%1$s/$$"
            mkfifo "$me.answer"
            {
                printf '%%s\\n' "$cd_to" "$GIT_DIR" "$GIT_OBJECT_DIRECTORY" "$GIT_ALTERNATE_OBJECT_DIRECTORIES"
                printf '%%s\\n' "${MODELGATE_FORCED_USER-}" "${MODELGATE_USER-}"
                cat
            } > "$me.request"
            echo "$$" > "%1$s/queue"
            read -r code < "$me.answer"
            cat "$me.words" >&2
            exit "$code"
            """;

    private final Path folder;
    private final Clock clock;
    private final RandomAccessFile queue;

    HookServer(Path folder, Clock clock) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.clock = clock;
        Files.writeString(launcher(), SCRIPT.formatted(folder));
        Files.setPosixFilePermissions(launcher(), PosixFilePermissions.fromString("rwxr-xr-x"));
        new ProcessBuilder("mkfifo", folder.resolve("queue").toString()).start().waitFor();
        this.queue = new RandomAccessFile(folder.resolve("queue").toFile(), "rw");
        Thread thread = new Thread(this::serve, "hooks");
        thread.setDaemon(true);
        thread.start();
    }

    Path launcher() {
        return folder.resolve("launcher");
    }

    private void serve() {
        try {
            for (String process = queue.readLine(); process != null; process = queue.readLine()) {
                String id = process;
                Thread answer = new Thread(() -> answer(id), "hook " + id);
                answer.setDaemon(true);
                answer.start();
            }
        } catch (IOException e) {
            // Closed: the test is over.
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String process) {
        try {
            List<String> request = Files.readAllLines(folder.resolve(process + ".request"));
            Map<String, String> environment = new TreeMap<>();
            put(environment, "GIT_OBJECT_DIRECTORY", request.get(2));
            put(environment, "GIT_ALTERNATE_OBJECT_DIRECTORIES", request.get(3));
            put(environment, LocalIdentity.FORCED_USER, request.get(4));
            put(environment, LocalIdentity.DECLARED_USER, request.get(5));
            String pushed = request.stream().skip(6).map(line -> line + "\n").collect(Collectors.joining());
            List<Finding> findings = ReceiveHook.judge(
                    Path.of(request.get(0)).resolve(request.get(1)),
                    new StringReader(pushed),
                    environment,
                    "the-account",
                    clock);
            Files.write(
                    folder.resolve(process + ".words"),
                    findings.stream()
                            .map(finding -> finding.rule() + " " + finding)
                            .toList());
            boolean refused = findings.stream().anyMatch(Finding::blocks);
            Files.writeString(folder.resolve(process + ".answer"), refused ? "1\n" : "0\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Map<String, String> environment, String name, String value) {
        if (!value.isEmpty()) {
            environment.put(name, value);
        }
    }

    @Override
    public void close() throws IOException {
        queue.close();
    }
}
