package io.modelgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.audit.AuditScope;
import io.modelgate.audit.BytesReport;
import io.modelgate.audit.BytesReport.PlaceReport;
import io.modelgate.audit.BytesReport.State;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Stage;
import io.modelgate.report.BytesAuditReport;
import io.modelgate.report.DocumentWriter;
import io.modelgate.store.PlayedStoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytesAuditTest {
    @TempDir
    Path work;

    private StoredRegistry stored;

    @BeforeEach
    void registerVersions() throws IOException {
        stored = new StoredRegistry(work, "registry");
        stored.make("- {name: main, url: \"file:artifacts\", mirrors: [{url: \"file:mirror\"}]}");
        stored.register("1.0.0", true);
        stored.register("1.1.0", true);
        stored.promote("1.0.0", "dev");
        copy(work.resolve("artifacts"), work.resolve("mirror"));
    }

    @Test
    void findsNothingWhereEverythingIsRight() {
        BytesReport live = audit(AuditScope.LIVE);
        assertThat(live.versions()).isEqualTo(1);
        assertThat(live.places()).extracting(PlaceReport::address).containsExactly("file:artifacts", "file:mirror");
        assertThat(live.places()).extracting(PlaceReport::right).containsExactly(2L, 2L);
        assertThat(live.isDamaged() || live.isIncomplete()).isFalse();
        assertThat(audit(AuditScope.ALL).versions()).isEqualTo(2);
        assertThat(live.places().get(0).unreferenced().orElseThrow().objects()).isZero();
        assertThat(BytesAuditReport.text(live).get(0)).isEqualTo("1 live version: every byte is right in every place.");
    }

    @Test
    void looksAtEachPlaceByItself() throws IOException {
        List<Artifact> artifacts = stored.artifacts("1.0.0");
        Files.delete(object("artifacts", artifacts.get(0)));
        byte[] bytes = Files.readAllBytes(object("mirror", artifacts.get(1)));
        bytes[3] ^= 1;
        replace(object("mirror", artifacts.get(1)), bytes);
        BytesReport report = audit(AuditScope.LIVE);
        assertThat(report.isDamaged()).isTrue();
        assertThat(report.places().get(0).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.state()).isEqualTo(State.MISSING))
                .satisfies(problem -> assertThat(problem.path()).isEqualTo("model.onnx"));
        assertThat(report.places().get(1).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.state()).isEqualTo(State.CHANGED));
        replace(object("mirror", artifacts.get(1)), new byte[1]);
        assertThat(audit(AuditScope.LIVE).places().get(1).count(State.WRONG_SIZE))
                .isEqualTo(1);
        String json = DocumentWriter.json(BytesAuditReport.document(report));
        assertThat(json)
                .contains("\"format\" : \"modelgate.io/bytes-audit/v1\"", "\"missing\" : 1", "\"changed\" : 1")
                .isEqualTo(DocumentWriter.json(BytesAuditReport.document(again(artifacts.get(1), bytes))));
        assertThat(BytesAuditReport.markdown(report))
                .contains("| mirror of main", "| missing | credit/default\\-risk@1.0.0".replace("\\-", "-"));
    }

    private BytesReport again(Artifact artifact, byte[] bytes) throws IOException {
        replace(object("mirror", artifact), bytes);
        return audit(AuditScope.LIVE);
    }

    @Test
    void doesNotMixWhatCannotBeReadWithWhatIsWrong() throws IOException {
        Files.move(work.resolve("mirror"), work.resolve("unmounted"));
        BytesReport report = audit(AuditScope.ALL);
        assertThat(report.isDamaged()).isFalse();
        assertThat(report.isIncomplete()).isTrue();
        assertThat(report.places().get(1).count(State.UNREACHABLE)).isPositive();
        assertThat(report.places()
                        .get(1)
                        .problems()
                        .get(0)
                        .unread()
                        .orElseThrow()
                        .what())
                .contains("no such file or folder");
    }

    @Test
    void looksOnlyAtWhatItIsAskedFor() {
        assertThat(audit(new AuditScope(false, List.of(new Stage("prod")), Optional.empty()))
                        .versions())
                .isZero();
        assertThat(audit(new AuditScope(true, List.of(), Optional.of("fraud/*")))
                        .versions())
                .isZero();
        BytesReport one = audit(new AuditScope(true, List.of(), Optional.of("credit/*")));
        assertThat(one.versions()).isEqualTo(2);
        assertThat(one.places().get(0).unreferenced()).isEmpty();
    }

    @Test
    void countsWhatNoMergedVersionRefersTo() throws IOException {
        String other = "ab".repeat(32);
        Files.createDirectories(work.resolve("artifacts/sha256/ab"));
        Files.write(work.resolve("artifacts/sha256/ab").resolve(other), new byte[77]);
        assertThat(audit(AuditScope.LIVE).places().get(0).unreferenced()).contains(new BytesReport.Unreferenced(1, 77));
    }

    @Test
    void saysWhyItDoesNotKnowWhatNobodyRefersTo() throws IOException {
        Path folder = work.resolve("served");
        stored = new StoredRegistry(work, "elsewhere");
        stored.make("- {name: main, url: \"played:" + folder + "\"}");
        stored.register("1.0.0", true);
        stored.promote("1.0.0", "dev");
        assertThat(audit(AuditScope.LIVE).places().get(0).unlisted()).isEmpty();
        Files.createFile(folder.resolve(PlayedStoreKind.UNLISTED));

        BytesReport report = audit(AuditScope.LIVE);

        assertThat(report.isDamaged() || report.isIncomplete()).isFalse();
        PlaceReport place = report.places().get(0);
        assertThat(place.right()).isEqualTo(2);
        assertThat(place.unreferenced()).isEmpty();
        assertThat(place.unlisted().orElseThrow().what()).contains("this login may not list");
        assertThat(String.join("\n", BytesAuditReport.text(report)))
                .contains("every byte is right", "could not be listed: ", "this login may not list");
        assertThat(BytesAuditReport.markdown(report)).contains("could not be listed: ", "this login may not list");
        assertThat(DocumentWriter.json(BytesAuditReport.document(report)))
                .contains("\"trouble\" : \"", "\"remedy\" : \"")
                .doesNotContain("unreferenced");
    }

    private BytesReport audit(AuditScope scope) {
        try (Registry registry = stored.open()) {
            return registry.auditBytes(scope);
        }
    }

    private Path object(String store, Artifact artifact) {
        String hex = artifact.digest().hex();
        return work.resolve(store)
                .resolve("sha256")
                .resolve(hex.substring(0, 2))
                .resolve(hex);
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Files.delete(file);
        Files.write(file, bytes);
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
