package io.modelgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.audit.Garbage;
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
import io.modelgate.host.LocalHost;
import io.modelgate.host.ProposalDraft;
import io.modelgate.host.ProposalText;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.UserId;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.Workplace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code gc} takes away from a real S3 server and a real container registry, and what stays. */
class GarbageOfStoresTest {
    private static final String MAIN = "refs/heads/main";
    private static final GarbageScope SCOPE = GarbageScope.olderThan(Duration.ofDays(7));
    private static final Author ANN = new Author("Ann", "ann@acme.example");
    private static final String MANIFESTS = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    Path work;

    private RegistryRepository repository;
    private CommitId main;

    @AfterEach
    void close() {
        S3Peer.logOut();
        if (repository != null) { // there is none where the test was skipped
            repository.close();
        }
    }

    /** A registry with this store, whose target branch mentions these. */
    private void registry(String store, FileDigest... mentioned) {
        repository = Repositories.init(work.resolve("registry.git"), "main");
        String config = """
                apiVersion: modelgate.io/v1
                kind: Registry
                name: test
                stages: [dev]
                host: {kind: local}
                stores:
                  - %s
                people:
                  - {id: ann, emails: [ann@acme.example]}
                """.formatted(store);
        main = commit(List.of(), SourceFile.of("registry.yaml", config), mention(mentioned));
        repository.publish(List.of(RefChange.create(MAIN, main)));
    }

    private static SourceFile mention(FileDigest... files) {
        StringBuilder text = new StringBuilder("nothing");
        for (FileDigest file : files) {
            text.append('\n').append(file.digest());
        }
        return SourceFile.of("notes", text.toString());
    }

    private CommitId commit(List<CommitId> parents, SourceFile... files) {
        return repository.commit(
                repository.edit(
                        parents.isEmpty() ? repository.empty() : repository.snapshot(parents.get(0)),
                        TreeEdit.of(List.of(files))),
                new CommitDraft("Change\n", ANN, Instant.EPOCH, parents));
    }

    private GarbageCollection collection() {
        Clock clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        LocalHost host = new LocalHost(repository, new UserId("ann"), ANN, clock, "main");
        return new GarbageCollection(
                new Workplace(repository, host, () -> ANN, clock, work, Progress.NONE), List.of(), SCOPE);
    }

    private FileDigest put(ArtifactStore store, String name, int size) throws IOException {
        byte[] bytes = ArtifactStoreContract.random(size);
        FileDigest file = new FileDigest(name, Digest.of(bytes), size);
        store.put(file, Files.write(work.resolve(name), bytes), Progress.NONE);
        return file;
    }

    private static Set<Digest> listed(ArtifactStore store) {
        Set<Digest> listed = new TreeSet<>();
        assertThat(store.list(object -> listed.add(object.digest()))).isTrue();
        return listed;
    }

    private static void age(S3Peer.Bucket bucket, FileDigest file) throws IOException {
        Files.setLastModifiedTime(
                bucket.object(file), FileTime.from(Instant.now().minus(Duration.ofDays(30))));
    }

    @Test
    void takesOutOfS3WhatIsOldAndNobodysAndNothingElse() throws IOException {
        S3Peer.start().logIn();
        S3Peer.Bucket bucket = S3Peer.start().bucket();
        ArtifactStore store = bucket.store();
        List<FileDigest> files = new ArrayList<>();
        for (String name : List.of("merged", "proposed", "rubbish", "small-again", "large-again", "again-meanwhile")) {
            int size = name.startsWith("large") ? 17 << 20 : name.startsWith("again") ? 300_000 : 1_000;
            files.add(put(store, name, size + files.size()));
            age(bucket, files.get(files.size() - 1));
        }
        FileDigest young = put(store, "young", 1_009);
        registry(
                "{name: main, url: \"s3://" + bucket.name() + "/models\", endpoint: \""
                        + S3Peer.start().url() + "\"}",
                files.get(0));
        CommitId head = commit(List.of(main), mention(files.get(1)));
        new LocalHost(repository, new UserId("ann"), ANN, Clock.systemUTC(), "main")
                .open(new ProposalDraft(new ProposalText("One", "", "one"), head));
        for (int again : List.of(3, 4)) {
            store.put(files.get(again), work.resolve(files.get(again).path()), Progress.NONE);
        }
        GarbageCollection collection = collection();
        GarbageReport report = collection.find();
        assertThat(report.garbage())
                .extracting(each -> each.object().digest())
                .containsExactlyInAnyOrder(files.get(2).digest(), files.get(5).digest());
        assertThat(report.stores().get(0).counts().young()).isEqualTo(3);
        store.put(files.get(5), work.resolve("again-meanwhile"), Progress.NONE);
        List<Garbage> gone = new ArrayList<>();
        collection.delete(gone::add);
        assertThat(gone)
                .extracting(each -> each.object().digest())
                .containsExactly(files.get(2).digest());
        files.remove(2);
        files.add(young);
        for (FileDigest file : files) {
            assertThat(store.verify(file)).as(file.path()).isEqualTo(Verification.OK);
        }
        assertThat(listed(store)).hasSize(files.size());
    }

    @Test
    void leavesAContainerRegistryToItsOwnMeansAndSaysWhichLeaveTheRestAlone() throws Exception {
        Peer peer = Peer.start("registry", "docker-registry/usr/bin/docker-registry");
        String prefix = "m" + UUID.randomUUID();
        VersionId first = VersionId.parse("credit/risk@1.0.0");
        VersionId second = VersionId.parse("credit/risk@2.0.0");
        String address = "oci://" + peer.fact("url") + "/" + prefix;
        ArtifactStore store = Stores.open(List.of(new io.modelgate.manifest.StoreConfig("main", address)), Path.of(""))
                .named(Optional.empty())
                .of(first.model());
        FileDigest shared = put(store, "tokenizer.json", 2_000);
        FileDigest old = put(store, "model.onnx", 3_000);
        FileDigest rubbish = put(store, "weights.bin", 4_000);
        Attachment signature = new Attachment(
                "model.sig", "application/vnd.dev.sigstore.bundle.v0.3+json", "{}".getBytes(StandardCharsets.UTF_8));
        store.complete(first, List.of(shared, old));
        store.attach(first, List.of(shared, old), signature);
        store.complete(second, List.of(shared, rubbish));
        store.attach(second, List.of(shared, rubbish), signature);
        registry("{name: main, url: \"" + address + "\"}", shared, old);
        GarbageCollection collection = collection();
        GarbageReport report = collection.find();
        assertThat(report.garbage()).extracting(each -> each.object().digest()).containsExactly(rubbish.digest());
        assertThat(report.stores().get(0).access().byHand().orElseThrow())
                .contains("Delete the manifests that alone name them")
                .contains("garbage collection");
        assertThat(report.removable()).isEmpty();
        collection.delete(each -> {
            throw new IllegalStateException("" + each);
        });
        assertThat(listed(store)).contains(rubbish.digest());

        String name = prefix + "/" + first.model();
        String manifest = digest(peer, name, "2.0.0");
        String tag = manifest.replace(':', '-');
        String index = ask(peer, "GET", name, tag).body();
        String attached = index.replaceAll("(?s).*\"manifests\".*?\"digest\" ?: ?\"(sha256:[0-9a-f]{64})\".*", "$1");
        assertThat(attached).startsWith("sha256:");
        for (String each : List.of(attached, digest(peer, name, tag), manifest)) {
            assertThat(ask(peer, "DELETE", name, each).statusCode()).isEqualTo(202);
        }
        collectGarbage(peer);

        assertThat(listed(store)).containsExactlyInAnyOrder(shared.digest(), old.digest());
        assertThat(store.verify(rubbish)).isEqualTo(Verification.MISSING);
        assertThat(store.verify(shared)).isEqualTo(Verification.OK);
        assertThat(store.verify(old)).isEqualTo(Verification.OK);
        String kept = digest(peer, name, "1.0.0").replace(':', '-');
        assertThat(ask(peer, "GET", name, kept).body()).contains("vnd.dev.sigstore.bundle");
        assertThat(collection().find().objects()).isZero();
    }

    private static String digest(Peer peer, String name, String tag) throws IOException, InterruptedException {
        return ask(peer, "GET", name, tag)
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow();
    }

    private static HttpResponse<String> ask(Peer peer, String method, String name, String reference)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://" + peer.fact("url") + "/v2/" + name + "/manifests/" + reference);
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .header("Accept", MANIFESTS + ", application/vnd.oci.image.index.v1+json")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void collectGarbage(Peer peer) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Peer.file("docker-registry/usr/bin/docker-registry").toString(),
                        "garbage-collect",
                        peer.data("..").resolve("config.yml").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0)
                .as(said)
                .isTrue();
    }
}
