package io.jenkins.plugins.modelgate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.AbortException;
import hudson.FilePath;
import io.modelgate.Registry;
import io.modelgate.finding.RegistryException;
import io.modelgate.host.Proposal;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.VersionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controller against agents that lie. */
class RegistrationTest {
    private static final TrainingFiles WANTED = new TrainingFiles(
            List.of("out"), List.of(), "card.md", "", "model.yaml", new MeasuredOn("", "", 0, "", "", "", ""));

    @TempDir
    Path folder;

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private RegistryFixture fixture;
    private Workspace workspace;

    @BeforeEach
    void begin() throws IOException {
        fixture = new RegistryFixture(Files.createDirectory(folder.resolve("registry")));
        Path work = Files.createDirectory(folder.resolve("work"));
        Path sample = RegistryFixture.SAMPLES.resolve("1.0.0");
        Files.createDirectory(work.resolve("out"));
        Files.copy(sample.resolve("model/model.onnx"), work.resolve("out/model.onnx"));
        Files.copy(sample.resolve("card.md"), work.resolve("card.md"));
        Files.copy(sample.resolveSibling("model.yaml"), work.resolve("model.yaml"));
        workspace = new Workspace(new FilePath(work.toFile()), StoreLogins.NONE);
    }

    /** An agent that says other things than it should. */
    private record Liar(BuildFolder truth, UnaryOperator<Gathered> story, boolean uploads) implements BuildFolder {
        @Override
        public String node() {
            return "Agent liar";
        }

        @Override
        public StoreLogins logins() {
            return truth.logins();
        }

        @Override
        public Gathered gather(TrainingFiles wanted) throws IOException, InterruptedException {
            return story.apply(truth.gather(wanted));
        }

        @Override
        public AgentReport upload(List<String> patterns, List<FoundFile> files, StoreAddress store)
                throws IOException, InterruptedException {
            return uploads ? truth.upload(patterns, files, store) : new AgentReport(List.of(), "");
        }
    }

    @Test
    void takesWhatAnHonestAgentSays() throws Exception {
        Registration.Registered registered = register(new Liar(workspace, said -> said, true));
        assertTrue(registered.done().merged().isPresent());
        assertEquals(1, registered.done().proposal().orElse(0));
    }

    @Test
    void seesThatAnAgentUploadedNothingOrElsewhere() {
        RegistryException missing =
                assertThrows(RegistryException.class, () -> register(new Liar(workspace, said -> said, false)));
        assertTrue(missing.getMessage().contains("does not have model.onnx"), missing.getMessage());
        assertTrue(missing.getMessage().contains("which Agent liar says it put there"), missing.getMessage());
        assertTrue(missing.remedy().contains("mount it on that node at the same path"), missing.remedy());
        requireNothingProposed();
    }

    @Test
    void seesThatBytesAreNotWhatTheAgentSays() throws Exception {
        FoundFile claimed =
                new FoundFile("model.onnx", Digest.of("trained well").toString(), 12, "onnx");
        Path object = folder.resolve("registry/artifacts/sha256")
                .resolve(claimed.digest().substring(7, 9))
                .resolve(claimed.digest().substring(7));
        Files.createDirectories(object.resolveSibling(""));
        Files.writeString(object, "trained evil");
        AbortException refused =
                assertThrows(AbortException.class, () -> register(new Liar(workspace, files(file -> claimed), false)));
        assertTrue(refused.getMessage().contains("The gate refuses it"), refused.getMessage());
        assertTrue(shown().contains("(model.onnx) has other bytes in the store than the manifest says"), shown());
        requireNothingProposed();
    }

    @Test
    void hashesAgainWhileItUploads() {
        AbortException refused = assertThrows(
                AbortException.class,
                () -> register(new Liar(
                        workspace,
                        files(file ->
                                new FoundFile(file.path(), Digest.of("x").toString(), file.size(), file.format())),
                        true)));
        assertTrue(refused.getMessage().contains("It changed meanwhile"), refused.getMessage());
        requireNothingProposed();
    }

    @Test
    void believesNoFormat() {
        AbortException refused = assertThrows(
                AbortException.class,
                () -> register(new Liar(
                        workspace,
                        files(file -> new FoundFile(file.path(), file.digest(), file.size(), "pickle")),
                        true)));
        assertTrue(refused.getMessage().contains("The gate refuses it"), refused.getMessage());
        requireNothingProposed();
    }

    @Test
    void readsNothingThatNoHonestAgentSends() {
        String digest = Digest.of("x").toString();
        Stream.of(
                        new FoundFile("../model.onnx", digest, 1, ""),
                        new FoundFile("/etc/passwd", digest, 1, ""),
                        new FoundFile("a\nb", digest, 1, ""),
                        new FoundFile("model.onnx", "sha256:../../../x", 1, ""),
                        new FoundFile("model.onnx", digest, -1, ""),
                        new FoundFile("model.onnx", digest, 1, "onnx\nlicence: any"),
                        new FoundFile(null, digest, 1, ""),
                        new FoundFile("model.onnx", null, 1, null))
                .forEach(file -> requireUnusable(files(each -> file)));
        FoundFile file = new FoundFile("model.onnx", digest, 1, "");
        requireUnusable(said -> new Gathered(said.report(), List.of(file, file), said.documents()));
        requireUnusable(said -> new Gathered(
                said.report(), List.of(file, new FoundFile("MODEL.onnx", digest, 1, "")), said.documents()));
        requireUnusable(said -> new Gathered(said.report(), List.of(), said.documents()));
        requireUnusable(said -> new Gathered(said.report(), many(100_001, file), said.documents()));
        FoundDocument card = document("card.md", 10);
        requireUnusable(said -> new Gathered(said.report(), said.files(), List.of(card, card)));
        requireUnusable(said -> new Gathered(said.report(), said.files(), List.of(document("../card.md", 1))));
        requireUnusable(said -> new Gathered(said.report(), said.files(), List.of(document("card.md", (1 << 20) + 1))));
        requireUnusable(said -> new Gathered(said.report(), said.files(), many(501, card)));
        requireUnusable(said -> new Gathered(said.report(), said.files(), many(33, document("a", 1 << 20))));
        requireNothingProposed();
    }

    @Test
    void showsOfItsWordsWhatALogBears() {
        AgentReport report =
                new AgentReport(many(10_000, "\u001b[2Jx\ny".repeat(1_000)), "\u001b[31mno\n".repeat(9_999));
        AbortException failed = assertThrows(AbortException.class, () -> report.show(stream()));
        assertTrue(failed.getMessage().length() < 2_100 && failed.getMessage().indexOf('\u001b') < 0);
        assertTrue(log.size() < 500_000 && shown().indexOf('\u001b') < 0);
    }

    @Test
    void makesNoStoreThatOnlyAnAgentHas() throws Exception {
        Path elsewhere = folder.resolve("srv");
        StoreAddress store = new StoreAddress(
                "main",
                "credit/default-risk@1.0.0",
                new ArrayList<>(List.of(new StorePlace(elsewhere.toUri().toString(), "", "", ""))),
                StoreLogins.NONE);
        List<FoundFile> files = workspace.gather(WANTED).files();
        AbortException refused = assertThrows(
                AbortException.class,
                () -> workspace.upload(WANTED.files(), files, store).show(stream()));
        assertTrue(refused.getMessage().contains("is the folder " + elsewhere + ", which this node does not have."));
        assertTrue(refused.getMessage().contains("build on a node that has it"), refused.getMessage());
        assertFalse(Files.exists(elsewhere));
    }

    @Test
    void splitsPatternsAtCommasAndLineBreaks() {
        assertEquals(
                List.of("out/*.{onnx,json}", "a b", "c"), TrainingFiles.patterns(" out/*.{onnx,json}, a b,\r\n\n c ,"));
        assertEquals(List.of(), TrainingFiles.patterns(null));
    }

    private static FoundDocument document(String path, int size) {
        return new FoundDocument(FoundDocument.Role.CARD, path, new byte[size]);
    }

    private static <T> List<T> many(int count, T each) {
        return new ArrayList<>(java.util.Collections.nCopies(count, each));
    }

    private static UnaryOperator<Gathered> files(UnaryOperator<FoundFile> other) {
        return said ->
                new Gathered(said.report(), said.files().stream().map(other).toList(), said.documents());
    }

    private void requireUnusable(UnaryOperator<Gathered> story) {
        AbortException refused = assertThrows(AbortException.class, () -> register(new Liar(workspace, story, true)));
        assertTrue(
                refused.getMessage().startsWith("What the agent says it found cannot be used: "), refused.getMessage());
        assertEquals(-1, refused.getMessage().indexOf('\n'));
    }

    private Registration.Registered register(BuildFolder agent) throws IOException, InterruptedException {
        try (Registry registry = fixture.as("jenkins")) {
            Registration.Registered registered = new Registration(registry, stream())
                    .register(VersionId.parse("credit/default-risk@1.4.0"), Optional.empty(), WANTED, agent, true);
            Submissions.show(registry, registered.done(), stream());
            return registered;
        }
    }

    private void requireNothingProposed() {
        try (Registry registry = fixture.as("jenkins")) {
            assertEquals(List.of(), registry.proposals(Proposal.State.OPEN));
            assertEquals(List.of(), registry.proposals(Proposal.State.MERGED));
        }
    }

    private PrintStream stream() {
        return new PrintStream(log, true, StandardCharsets.UTF_8);
    }

    private String shown() {
        return log.toString(StandardCharsets.UTF_8);
    }
}
