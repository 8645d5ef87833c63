package io.modelgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A registry does not begin with a store whose address cannot be right. */
class NewStoreTest extends CommandLineFixture {
    @ParameterizedTest
    @CsvSource({
        "s3://Bad_Bucket, no bucket can be called Bad_Bucket",
        "s3://bad..bucket/models, no bucket can be called bad..bucket",
        "s3://ok, cannot be read",
        "s3:models, must be an address such as file:",
        "s3://models/../x, cannot be read",
        "oci://Registry.acme.example/Models, is none of a container registry",
        "oci://registry.acme.example/models:1.0, is none of a container registry",
        "oci://, must be an address such as file:",
        "https://models.acme.example/x?y, is no folder of a web server",
        "https:///x, must be an address such as file:",
        "file:, cannot be read",
        "file://server/share, a file store is a folder of this machine",
        "gs://models, must be an address such as file:",
        "s3//models, must be an address such as file:",
        "/srv/models, must be an address such as file:",
        "s3://key:secret@models/x, has a user or a password in it",
    })
    void anAddressThatMakesNoSenseIsRefused(String store, String words) {
        fails(ExitCode.FINDINGS, "init", "new.git", "--store", store, "--identity", "declared", "--as", "ann");
        assertThat(shown).contains("registry.yaml", words).doesNotContain("secret@");
        assertThat(folder.resolve("new.git")).doesNotExist();
    }

    @Test
    void soIsOneOnAGitHostBeforeAnythingIsMadeThere() {
        fails(
                ExitCode.FINDINGS,
                "init",
                "https://git.acme.example/ml/models",
                "--host",
                "gitea",
                "--store",
                "s3://Bad_Bucket");
        assertThat(shown).contains("registry.yaml", "no bucket can be called Bad_Bucket");
        fails(
                ExitCode.FINDINGS,
                "init",
                "https://git.acme.example/ml/models",
                "--host",
                "gitea",
                "--store",
                "file:artifacts");
        assertThat(shown).contains("starts at the folder of the registry, which is on another machine");
    }

    @Test
    void andOneOfAMirrorInTheFilesToBeginWith() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("registry.yaml"), """
                apiVersion: modelgate.io/v1
                kind: Registry
                name: models
                stages: [dev]
                stores:
                  - name: main
                    url: file:artifacts
                    mirrors: [{url: "s3://Bad_Bucket"}, {url: "oci://registry.acme.example/Models"}]
                """);
        fails(ExitCode.FINDINGS, "init", "new.git", "--from", "files", "--identity", "declared", "--as", "ann");
        assertThat(shown).contains("Bad_Bucket", "is none of a container registry");
    }

    @ParameterizedTest
    @CsvSource({"s3://models", "oci://registry.acme.example/models", "https://models.acme.example/x", "file:artifacts"})
    void othersAreNotAskedYet(String store) {
        succeeds("init", "new.git", "--store", store, "--identity", "declared", "--as", "ann");
    }
}
