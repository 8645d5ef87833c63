package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreConfig;
import io.modelgate.manifest.VersionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Models in a real registry, which a real client of it can read and write too. */
abstract class OciStoreContract extends ArtifactStoreContract {
    final VersionId version = VersionId.parse("credit/default-risk@1.4.0-rc.1");
    private final String prefix = "m" + UUID.randomUUID();

    /** Its host and port. */
    abstract String registry();

    /** The file in which the registry keeps a file of the model {@link #version}. */
    abstract Path blob(Digest digest);

    final ArtifactStore whole() {
        return Stores.open(List.of(new StoreConfig("main", "oci://" + registry() + "/" + prefix)), Path.of(""))
                .named(Optional.empty());
    }

    @Override
    final ArtifactStore store() {
        return whole().of(version.model());
    }

    @Override
    void damage(FileDigest file, byte[] bytes) throws IOException {
        Files.write(blob(file.digest()), bytes);
    }

    @Test
    void givesEachModelARepositoryOfItsOwn() throws IOException {
        FileDigest file = put("model.onnx", random(2_001));
        assertThat(whole().of(VersionId.parse("credit/other@1.0.0").model()).verify(file))
                .isEqualTo(Verification.MISSING);
        assertThat(whole().verify(file)).isEqualTo(Verification.MISSING);
        refuses(Kind.USAGE, () -> whole().put(file, work.resolve("source-model.onnx"), Progress.NONE));
    }

    @Test
    void whatWePushOrasPullsUnderTheSameNames() throws Exception {
        List<FileDigest> files = List.of(put("README.md", random(501)), deep("weights/model.onnx", 70_001));
        store().complete(version, files);
        store().complete(version, files);
        oras("pull", "--output", work.resolve("pulled").toString(), reference(":1.4.0-rc.1"));
        for (FileDigest file : files) {
            assertThat(FileTree.is(work.resolve("pulled").resolve(file.path()), file, Progress.NONE))
                    .isTrue();
        }
        String manifest = oras("manifest", "fetch", reference(":1.4.0-rc.1"));
        assertThat(manifest)
                .contains("\"artifactType\":\"application/vnd.cncf.model.manifest.v1+json\"")
                .contains("application/vnd.cncf.model.doc.v1.raw")
                .contains("application/vnd.cncf.model.weight.v1.raw")
                .contains("\"org.cncf.model.filepath\":\"weights/model.onnx\"");
    }

    @Test
    void whatOrasPushesWePull() throws Exception {
        byte[] bytes = random(90_001);
        Files.write(work.resolve("model.bin"), bytes);
        oras("push", reference(":9.9.9"), "model.bin");
        FileDigest file = describe("model.bin", bytes);
        store().get(file, work.resolve("out"), Progress.NONE);
        assertThat(work.resolve("out")).hasBinaryContent(bytes);
        assertThat(listed()).contains(file.digest());
        refuses(Kind.CONFLICT, () -> store().complete(VersionId.parse("credit/default-risk@9.9.9"), List.of(file)))
                .hasMessageContaining("9.9.9")
                .hasMessageContaining("left as it is");
    }

    @Test
    void keepsTheFilesOfEveryProposalOfAVersion() throws IOException {
        FileDigest first = put("model.onnx", random(3_001));
        store().complete(version, List.of(first));
        FileDigest second = put("model.onnx", random(3_002));
        store().complete(version, List.of(second));
        assertThat(listed()).containsExactlyInAnyOrder(first.digest(), second.digest());
        Set<Digest> everywhere = new HashSet<>();
        assertThat(whole().list(each -> everywhere.add(each.digest()))).isTrue();
        assertThat(everywhere).isEqualTo(listed());
    }

    @Test
    void attachesASignatureThatOrasFinds() throws Exception {
        List<FileDigest> files = List.of(put("model.onnx", random(4_001)));
        store().complete(version, files);
        String type = "application/vnd.dev.sigstore.bundle.v0.3+json";
        byte[] bundle = "{\"mediaType\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        store().attach(version, files, new Attachment("model.sig", type, bundle));
        store().attach(version, files, new Attachment("model.sig", type, bundle));
        store().attach(version, files, new Attachment("other.sig", type, "{}".getBytes(StandardCharsets.UTF_8)));
        String found = oras(
                "discover",
                "--format",
                "go-template={{range .referrers}}{{.digest}} {{end}}",
                reference(":1.4.0-rc.1"));
        assertThat(found.strip().split(" ", -1)).as(found).hasSize(2);
        assertThat(listed()).containsExactly(files.get(0).digest());
    }

    @Test
    void takesALargeFileInChunksAndGivesItInParts() throws IOException {
        byte[] bytes = random((int) Download.LEAST + 77_777);
        CountingProgress progress = new CountingProgress();
        FileDigest file = describe("weights.bin", bytes);
        store().put(file, Files.write(work.resolve("source"), bytes), progress);
        assertThat(progress.bytes()).isEqualTo(bytes.length);
        store().get(file, work.resolve("out"), Progress.NONE);
        assertThat(FileTree.is(work.resolve("out"), file, Progress.NONE)).isTrue();
        bytes[bytes.length - 1]++;
        FileDigest announced = describe("weights.bin", random((int) Download.LEAST + 77_776));
        refuses(Kind.INTEGRITY, () -> store().put(announced, work.resolve("source"), Progress.NONE));
        assertThat(store().verify(announced)).isEqualTo(Verification.MISSING);
    }

    @Test
    void saysThatTheRegistryTakesThingsAwayItself() throws IOException {
        FileDigest file = put("model.onnx", random(5_001));
        refuses(Kind.USAGE, () -> store().remove(seen(file))).hasMessageContaining("by itself");
    }

    private static StoredObject seen(FileDigest file) {
        return new StoredObject(file.digest(), file.size(), StoredObject.UNDATED);
    }

    private FileDigest deep(String path, int size) throws IOException {
        byte[] bytes = random(size);
        FileDigest file = describe(path, bytes);
        store().put(file, Files.write(work.resolve("deep"), bytes), Progress.NONE);
        return file;
    }

    final Set<Digest> listed() {
        Set<Digest> listed = new HashSet<>();
        store().list(each -> listed.add(each.digest()));
        return listed;
    }

    /** The repository of the model. */
    final String repository() {
        return prefix + "/" + version.model();
    }

    final String reference(String end) {
        return registry() + "/" + repository() + end;
    }

    final String oras(String... arguments) throws IOException, InterruptedException {
        Path binary = Peer.file("oras-1.3.6");
        Assumptions.assumeTrue(Files.isExecutable(binary), "no oras on this machine: 'peers/oras build' brings one");
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        command.add("--plain-http");
        Process process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as(said)
                .isTrue();
        return said;
    }
}
