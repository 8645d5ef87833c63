package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a newcomer gets wrong is told in words that lead on, and harms nothing. */
class NewUserTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--stages", "dev,prod", "--as", "ann");
        assertThat(shown).contains("Next: export MODELGATE_REGISTRY=", "modelgate register");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
        succeeds("register", "wine/cultivar@1.0.0", "output", "--merge", "--as", "ann");
        succeeds("promote", "wine/cultivar@1.0.0", "--to", "dev", "--merge", "--as", "ann");
    }

    @Test
    void getsTheNearestCommand() {
        fails(ExitCode.USAGE, "lst");
        assertThat(shown).contains("Did you mean 'modelgate list'?");
        fails(ExitCode.USAGE, "policy", "tset");
        assertThat(shown).contains("Did you mean 'modelgate policy test'?");
    }

    @Test
    void getsHelpByAskingForIt() {
        succeeds("help", "promote");
        assertThat(shown).contains("Usage: modelgate promote");
        succeeds("help");
        assertThat(shown).contains("Commands:");
        succeeds("version");
        assertThat(shown).startsWith("modelgate ");
    }

    @Test
    void readsWhoeverTheyAre() throws Exception {
        git("-C", "registry.git", "config", "modelgate.identity", "account");
        succeeds("list", "--as", "somebody-else");
        assertThat(shown).contains("wine/cultivar");
        fails(ExitCode.USAGE, "promote", "wine/cultivar@1.0.0", "--to", "prod", "--as", "somebody-else");
        assertThat(shown).contains("does not take your word", "host install-hook --identity declared");
    }

    @Test
    void writesToWhatACloneWasClonedFrom() throws Exception {
        git("clone", "-q", "registry.git", "clone");
        Files.delete(folder.resolve(".modelgate.yaml"));
        Path top = folder;
        folder = folder.resolve("clone");
        fails(ExitCode.PENDING, "promote", "wine/cultivar@1.0.0", "--to", "prod", "--as", "ann");
        succeeds("proposals", "-r", top.resolve("registry.git").toString());
        assertThat(shown).contains("Promote wine/cultivar@1.0.0 to prod");
        fails(ExitCode.USAGE, "promote", "wine/cultivar@1.0.0", "--to", "prod", "-r", ".");
        assertThat(shown).contains("it is a clone, and no registry to write to");
    }

    @Test
    void keepsApprovalsByAskingForTheSameAgain() {
        run("promote", "wine/cultivar@1.0.0", "--to", "prod", "--note", "go", "--as", "ann");
        succeeds("review", "3", "--approve", "--as", "ben");
        assertThat(shown).contains("is now: pass", "'modelgate merge 3' merges it");
        succeeds("promote", "wine/cultivar@1.0.0", "--to", "prod", "--note", "go", "--merge", "--as", "ann");
        assertThat(shown).contains("merged as");
    }

    @Test
    void looksAtOneProposal() {
        run("promote", "wine/cultivar@1.0.0", "--to", "prod", "--note", "go", "--as", "ann");
        succeeds("review", "3", "--reject", "-m", "no", "--as", "ben");
        assertThat(shown).contains("ben rejected this head");
        succeeds("proposals", "3");
        assertThat(shown)
                .contains("author    ann", "adds    stages/prod/wine/cultivar.yaml", "ben changes requested", "FAIL");
        fails(ExitCode.CONFLICT, "verify", "1");
        assertThat(shown).contains("Proposal 1 is merged");
    }

    @Test
    void learnsWhatIsNotRead() throws Exception {
        Files.createDirectory(folder.resolve("output/evaluation"));
        Files.writeString(folder.resolve("output/evaluations/more.yml"), "x");
        succeeds("register", "wine/cultivar@1.0.1", "output", "--dry-run", "--as", "ann");
        assertThat(shown)
                .contains("evaluation: This is not read. Did you mean evaluations?")
                .contains("more.yml: This is not read. Documents are named <id>.yaml.");
    }

    @Test
    void learnsWhatANameAloneStandsFor() {
        succeeds("resolve", "wine/cultivar");
        assertThat(shown).contains("wine/cultivar alone stands for its highest version, 1.0.0");
        fails(ExitCode.USAGE, "history", "wine/cultivar@1.0.0");
        assertThat(shown).contains("write the model alone: wine/cultivar");
    }

    @Test
    void pullsIntoAFolderThatHoldsMore() throws Exception {
        Files.createDirectory(folder.resolve("serving"));
        Files.writeString(folder.resolve("serving/old.bin"), "old");
        succeeds("pull", "wine/cultivar@dev", "--to", "serving");
        assertThat(shown).contains("serving also holds what is not of this version: old.bin", "1 file fetched");
        assertThat(folder.resolve("serving/old.bin")).exists();
    }

    @Test
    void pushesTheWrongFolder() throws Exception {
        Files.createDirectory(folder.resolve("wrong"));
        Files.writeString(folder.resolve("wrong/model.onnx"), "other");
        fails(ExitCode.INTEGRITY, "push", "wine/cultivar@1.0.0", "wrong", "--as", "ann");
        assertThat(shown)
                .contains(
                        "wrong does not hold the files of wine/cultivar@1.0.0: model.onnx is missing or something else");
        succeeds("push", "wine/cultivar@1.0.0", "output", "--as", "ann");
    }

    @Test
    void goesBackToWhatNeverWas() {
        fails(ExitCode.NOT_FOUND, "rollback", "wine/cultivar", "--stage", "dev", "--to", "0.9.0", "--as", "ann");
        assertThat(shown).contains("wine/cultivar@0.9.0 was never in dev");
        fails(ExitCode.NOT_FOUND, "promote", "wine/cultivar@1.0.0", "--to", "prd", "--as", "ann");
        assertThat(shown).contains("There is no stage prd; did you mean prod?");
    }

    @Test
    void asksTheDoctorAboutBytes() throws Exception {
        succeeds("doctor", "--bytes");
        assertThat(shown).contains("1 live versions, every byte right");
        delete(folder.resolve("artifacts"));
        fails(ExitCode.FINDINGS, "doctor", "--bytes");
        assertThat(shown).contains("FAIL  bytes");
    }

    @Test
    void beginsARegistryFromAClone() throws Exception {
        git("clone", "-q", "registry.git", "clone");
        succeeds("init", "second.git", "--from", "clone", "--as", "ann");
        fails(ExitCode.NOT_FOUND, "init", "third.git", "--from", "output", "--as", "ann");
        assertThat(shown).contains("output has no registry.yaml");
    }
}
