package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A card is drafted from what is known, finished by people, and checked before anything is registered. */
class CardCommandTest extends CommandLineFixture {
    private static final Path SAMPLES =
            Path.of("../samples/credit-default-risk").toAbsolutePath().normalize();

    @BeforeEach
    void begin() throws Exception {
        copy(SAMPLES.resolve("1.0.0"), folder.resolve("output"));
        Files.copy(SAMPLES.resolve("model.yaml"), folder.resolve("model.yaml"));
    }

    @Test
    void draftsWhatIsKnownAndMarksTheRest() throws Exception {
        Files.delete(folder.resolve("output/card.md"));
        succeeds("card", "new", "credit/default-risk@1.0.0", "output");
        assertThat(shown).contains("4 places are marked TODO");
        assertThat(folder.resolve("output/card.md"))
                .content()
                .contains("license: cc-by-4.0", "Support for a credit officer's decision", "| roc_auc | 0.7563 |")
                .contains("| sex | female | 125 | 0.76 |", "statlog-german-credit-train (train, 600 rows)")
                .containsOnlyOnce("| age | over-25 |");
        fails(ExitCode.FINDINGS, "card", "check", "output/card.md");
        assertThat(shown).contains("card.md:", "'TODO' was left to be replaced", "4 left to be replaced");
    }

    @Test
    void draftsTheSectionsThatPoliciesAskFor() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        succeeds("register", "credit/default-risk@1.0.0", "output", "--merge", "-r", "registry.git", "--as", "ann");
        Files.delete(folder.resolve("output/card.md"));
        Files.writeString(
                folder.resolve("output/evaluations/again.yaml"),
                Files.readString(folder.resolve("output/evaluations/test.yaml")).replace("id: test", "id: again"));
        succeeds("card", "new", "credit/default-risk@1.1.0", "output", "-r", "registry.git");
        assertThat(folder.resolve("output/card.md")).content().containsOnlyOnce("| accuracy |");
        Files.writeString(
                folder.resolve("output/card.md"),
                Files.readString(folder.resolve("output/card.md")).replace("TODO:", "Known to the team:"));
        succeeds(
                "card",
                "check",
                "output/card.md",
                "--model",
                "credit/default-risk",
                "--stage",
                "prod",
                "-r",
                "registry.git");
        assertThat(shown).contains("ok    documented/card");
    }

    @Test
    void overwritesNoCard() {
        fails(ExitCode.CONFLICT, "card", "new", "credit/default-risk@1.0.0", "output");
        assertThat(shown).contains("card.md is there already");
    }

    @Test
    void saysWhatPoliciesMissInACard() throws Exception {
        succeeds("init", "registry.git", "--identity", "declared", "--as", "ann");
        succeeds("register", "credit/default-risk@1.0.0", "output", "--merge", "-r", "registry.git", "--as", "ann");
        Files.writeString(
                folder.resolve("short.md"),
                "# A model\n\n## Limitations\n\nMany, and they matter to everybody here.\n");
        fails(
                ExitCode.FINDINGS,
                "card",
                "check",
                "short.md",
                "--model",
                "credit/default-risk",
                "--stage",
                "prod",
                "-r",
                "registry.git");
        assertThat(shown)
                .contains(
                        "short.md: The card has none of the sections 'Intended use', 'Out of scope', 'Training data',")
                .contains("[documented/card]\n       Write ");
        fails(ExitCode.USAGE, "card", "check", "short.md", "--model", "credit/default-risk");
        fails(
                ExitCode.NOT_FOUND,
                "card",
                "check",
                "short.md",
                "--model",
                "credit/defalt-risk",
                "--stage",
                "prod",
                "-r",
                "registry.git");
    }
}
