package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command that waits ends when somebody else has done their part. */
class WaitCommandTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--stages", "dev", "--as", "ann");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
        succeeds("register", "wine/cultivar@1.0.0", "output", "--merge", "--as", "ann");
    }

    @Test
    void mergesOnceSomebodyElseApproved() throws Exception {
        CompletableFuture<Integer> approval = after("review", "2", "--approve", "--as", "ben");
        succeeds("promote", "wine/cultivar@1.0.0", "--to", "dev", "--wait", "--interval", "1", "--as", "ann");
        assertThat(shown).contains("1 more approval needed", "Promote wine/cultivar@1.0.0 to dev: merged as ");
        assertThat(approval.get(1, TimeUnit.MINUTES)).isZero();
    }

    @Test
    void endsWhenTheProposalIsClosed() throws Exception {
        CompletableFuture<Integer> closing = after("review", "2", "--close", "--as", "ann");
        fails(
                ExitCode.CONFLICT,
                "promote",
                "wine/cultivar@1.0.0",
                "--to",
                "dev",
                "--wait",
                "--interval",
                "1",
                "--as",
                "ann");
        assertThat(shown).contains("Proposal 2 was closed without being merged.");
        assertThat(closing.get(1, TimeUnit.MINUTES)).isZero();
    }

    @Test
    void refusesAnIntervalThatIsNone() {
        fails(ExitCode.USAGE, "promote", "wine/cultivar@1.0.0", "--to", "dev", "--wait", "--interval", "0");
    }

    /** What another person does once the proposal is there. */
    private CompletableFuture<Integer> after(String... command) {
        CommandLineFixture other = new CommandLineFixture();
        other.folder = folder;
        return CompletableFuture.supplyAsync(() -> {
            while (other.run("proposals", "2") != 0) {
                Thread.onSpinWait();
            }
            return other.run(command);
        });
    }
}
