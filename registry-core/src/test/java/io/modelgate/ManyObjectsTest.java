package io.modelgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.audit.AuditScope;
import io.modelgate.audit.BytesReport;
import io.modelgate.audit.BytesReport.PlaceReport;
import io.modelgate.audit.GarbageCollection;
import io.modelgate.audit.GarbageReport;
import io.modelgate.audit.GarbageScope;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Repositories;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.Artifact;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RootDigest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.report.BytesAuditReport;
import io.modelgate.report.DocumentWriter;
import io.modelgate.report.GarbageText;
import io.modelgate.store.CountedStoreKind;
import io.modelgate.store.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store of a million objects is looked at within little memory, by a process of its own. By hand with more of them referred to:
 * {@code java -Xmx256m -cp <test class path> io.modelgate.ManyObjectsTest <empty folder> <versions> <files of each> <objects>}.
 */
class ManyObjectsTest {
    private static final int OBJECTS = 1_000_000;
    private static final int MOST_MINUTES = 15;

    @TempDir
    Path work;

    @Test
    void aMillionObjectsAreLookedAtWithin128MegabytesOfMemory() throws Exception {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ManyObjectsTest.class.getName(),
                work.toString(),
                "20",
                "500",
                String.valueOf(OBJECTS));
        Path output = work.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as("ends within %s minutes: %s", MOST_MINUTES, said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said)
                .contains("audit: 10000 right, 990000 unreferenced")
                .contains("gc: 10000 referred, 990000 garbage, 10000 named")
                .contains("gone: 100");
    }

    /** The arguments are a folder, how many versions, how many files each has, and how many objects the store. */
    public static void main(String[] args) throws IOException {
        int versions = Integer.parseInt(args[1]);
        int files = Integer.parseInt(args[2]);
        Path folder = Path.of(args[0]).resolve("registry.git");
        make(folder, versions, files, args[3]);
        Session session =
                new Session(Optional.empty(), Clock.systemUTC(), Map.of(), Path.of(args[0], "cache"), Progress.NONE);
        long start = System.nanoTime();
        try (Registry registry = Registry.open(new RegistryLocation(folder.toString()), session)) {
            BytesReport audited = registry.auditBytes(AuditScope.ALL);
            PlaceReport place = audited.places().get(0);
            System.out.println("audit: " + place.right() + " right, "
                    + place.unreferenced().orElseThrow().objects() + " unreferenced, " + seconds(start) + ", JSON "
                    + DocumentWriter.json(BytesAuditReport.document(audited)).length());
            GarbageCollection collection = registry.garbage(List.of(), GarbageScope.olderThan(Duration.ofDays(7)));
            GarbageReport report = collection.find();
            System.out.println("gc: " + report.stores().get(0).counts().referred() + " referred, " + report.objects()
                    + " garbage, " + report.garbage().size() + " named, " + seconds(start) + ", JSON "
                    + DocumentWriter.json(GarbageText.document(report, true)).length());
            takeAway(collection);
            System.out.println("gone: " + CountedStoreKind.REMOVED + ", " + seconds(start));
        }
        Runtime runtime = Runtime.getRuntime();
        System.out.println(
                "heap: " + (runtime.totalMemory() >> 20) + " MiB at the end, at most " + (runtime.maxMemory() >> 20));
    }

    /** The first hundred; all of a million are a matter of time. */
    private static void takeAway(GarbageCollection collection) {
        long[] left = {100};
        try {
            collection.delete(each -> {
                if (--left[0] == 0) {
                    throw new IllegalStateException("enough");
                }
            });
        } catch (IllegalStateException e) {
            // Enough.
        }
    }

    private static String seconds(long start) {
        return (System.nanoTime() - start) / 1_000_000_000 + " s";
    }

    private static void make(Path folder, int versions, int files, String objects) {
        try (RegistryRepository repository = Repositories.init(folder, "main")) {
            CommitId tip = commit(
                    repository,
                    List.of(),
                    SourceFile.of("registry.yaml", """
                            apiVersion: modelgate.io/v1
                            kind: Registry
                            name: test
                            stages: [dev]
                            host: {kind: local}
                            stores: [{name: main, url: "counted:%s"}]
                            people: [{id: ann, emails: [ann@acme.example]}]
                            """.formatted(objects)),
                    SourceFile.of("models/many/files/model.yaml", """
                            apiVersion: modelgate.io/v1
                            kind: Model
                            name: many/files
                            description: Many.
                            owners: [ann]
                            purpose: To be many.
                            riskTier: minimal
                            """));
            for (int version = 0; version < versions; version++) {
                String path = "models/many/files/versions/1.0." + version + "/version.yaml";
                tip = commit(repository, List.of(tip), SourceFile.of(path, manifest(version, files)));
            }
            repository.publish(List.of(RefChange.create("refs/heads/main", tip)));
        }
    }

    private static String manifest(int version, int files) {
        List<Artifact> artifacts = new ArrayList<>();
        for (int file = 0; file < files; file++) {
            byte[] bytes = CountedStoreKind.bytes((long) version * files + file);
            artifacts.add(new Artifact(
                    new String(bytes, StandardCharsets.UTF_8), Digest.of(bytes), bytes.length, Optional.empty()));
        }
        artifacts.sort(java.util.Comparator.comparing(Artifact::path, RootDigest.PATH_ORDER));
        StringBuilder text = new StringBuilder("""
                apiVersion: modelgate.io/v1
                kind: ModelVersion
                model: many/files
                version: 1.0.%d
                digest: %s
                artifacts:
                """.formatted(version, RootDigest.of(artifacts)));
        artifacts.forEach(each -> text.append("  - {path: \"")
                .append(each.path())
                .append("\", digest: ")
                .append(each.digest())
                .append(", size: ")
                .append(each.size())
                .append("}\n"));
        return text.toString();
    }

    private static CommitId commit(RegistryRepository repository, List<CommitId> parents, SourceFile... files) {
        return repository.commit(
                repository.edit(
                        parents.isEmpty() ? repository.empty() : repository.snapshot(parents.get(0)),
                        TreeEdit.of(List.of(files))),
                new CommitDraft("Add\n", new Author("Ann", "ann@acme.example"), Instant.EPOCH, parents));
    }
}
