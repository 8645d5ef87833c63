package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A CI job proposes on behalf of whoever started it, who cannot approve that then. */
class RequestedByTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/wine-cultivar").toAbsolutePath().normalize();

    @BeforeEach
    void begin() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--stages", "dev", "--as", "admin");
        Files.writeString(folder.resolve(".modelgate.yaml"), "registry: registry.git\n");
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
        succeeds("register", "wine/cultivar@1.0.0", "output", "--merge", "--as", "ci");
    }

    private void promote(String... more) {
        String[] all = new String[more.length + 6];
        System.arraycopy(new String[] {"promote", "wine/cultivar@1.0.0", "--to", "dev", "--as", "ci"}, 0, all, 0, 6);
        System.arraycopy(more, 0, all, 6, more.length);
        fails(ExitCode.PENDING, all);
    }

    @Test
    void keepsWhoeverStartedAJobFromApprovingIt() {
        promote("--requested-by", "ann");

        fails(ExitCode.USAGE, "review", "2", "--approve", "--as", "Ann");
        assertThat(shown).contains("Ann asked for proposal 2, and cannot approve it.");
        succeeds("review", "2", "--approve", "--as", "ben");
        assertThat(shown).contains("is now: pass");
    }

    @Test
    void isNotForgottenWhenNobodyStartsTheNextJob() {
        promote("--requested-by", "ann", "--requested-by", "rita");
        promote("--note", "once more");

        fails(ExitCode.USAGE, "review", "2", "--approve", "--as", "ann");
        fails(ExitCode.USAGE, "review", "2", "--approve", "--as", "rita");
    }

    @Test
    void isSaidOfChangesMadeByHandToo() throws Exception {
        git("clone", "-q", "registry.git", "files");
        delete(folder.resolve("files/.git"));
        Files.writeString(folder.resolve("files/README.md"), "Read me.\n");
        fails(ExitCode.PENDING, "propose", "files", "-t", "Readme", "--as", "ci", "--requested-by", "ann");

        fails(ExitCode.USAGE, "review", "2", "--approve", "--as", "ann");
        assertThat(shown).contains("ann asked for proposal 2, and cannot approve it.");
    }

    @Test
    void cannotBeAddedToCommitsThatAreThere() throws Exception {
        git("clone", "-q", "registry.git", "clone");
        git(
                "-C",
                "clone",
                "-c",
                "user.name=ci",
                "-c",
                "user.email=ci@x.example",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "x");
        git("-C", "clone", "push", "-q", "origin", "HEAD:refs/heads/change");
        fails(ExitCode.USAGE, "propose", "change", "-t", "Change", "--as", "ci", "--requested-by", "ann");

        assertThat(shown).contains("keeps its commits as they are", "--trailer 'Requested-by: ann'");
    }

    @Test
    void saysWhoseApprovalEndsBeforeTheHeadMoves() {
        promote("--note", "go");
        succeeds("review", "2", "--approve", "--as", "ben");

        succeeds("promote", "wine/cultivar@1.0.0", "--to", "dev", "--as", "ci", "--note", "go");
        assertThat(shown).doesNotContain("ends with its old head");
        promote("--note", "go on");
        assertThat(shown).contains("note: Proposal 2 says something else now", "the approval of ben ends with");
        assertThat(shown.indexOf("note: ")).isLessThan(shown.indexOf("proposal 2 is open"));
    }

    @Test
    void wantsWordsForARejection() {
        promote();

        fails(ExitCode.USAGE, "review", "2", "--reject", "--as", "ben");
        assertThat(shown).contains("A rejection needs words", "Add -m");
        succeeds("review", "2", "--reject", "-m", "Not now.", "--as", "ben");
        assertThat(shown).contains("is now: fail");
    }

    @Test
    void saysWhoIsUnknown() {
        promote("--requested-by", "Ann Smith");

        assertThat(shown).contains("note: There is no user 'Ann Smith' on the Git host");
    }
}
