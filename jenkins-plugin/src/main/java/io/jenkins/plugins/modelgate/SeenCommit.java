package io.jenkins.plugins.modelgate;

import hudson.model.Job;
import hudson.util.AtomicFileWriter;
import io.modelgate.git.CommitId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Up to which commit of a registry a job was told of promotions: a file beside the job's configuration. */
final class SeenCommit {
    private static final String FILE = "modelgate-promotions.txt";

    private final Path file;
    private final String registry;

    /** @param registry where the registry is: of another one nothing was seen */
    SeenCommit(Job<?, ?> job, String registry) {
        this.file = job.getRootDir().toPath().resolve(FILE);
        this.registry = registry;
    }

    Optional<CommitId> read() throws IOException {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return lines.size() == 2
                            && lines.get(0).equals(registry)
                            && lines.get(1).matches("[0-9a-f]{40}")
                    ? Optional.of(new CommitId(lines.get(1)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** On the disk when this returns. */
    void write(CommitId commit) throws IOException {
        try (AtomicFileWriter writer = new AtomicFileWriter(file, StandardCharsets.UTF_8)) {
            try {
                writer.write(registry + "\n" + commit + "\n");
                writer.commit();
            } finally {
                writer.abort();
            }
        }
    }
}
