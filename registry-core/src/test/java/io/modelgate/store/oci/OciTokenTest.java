package io.modelgate.store.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelgate.finding.RegistryException;
import io.modelgate.finding.RegistryException.Kind;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.StoreLocation;
import io.modelgate.manifest.VersionId;
import io.modelgate.store.ArtifactStore;
import io.modelgate.store.FileDigest;
import io.modelgate.store.Peer;
import io.modelgate.store.Progress;
import io.modelgate.store.StoreKind;
import io.modelgate.store.Verification;
import io.modelgate.store.http.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real registry that wants tokens, and the logins that get them. */
class OciTokenTest {
    private static final VersionId VERSION = VersionId.parse("credit/default-risk@1.0.0");
    private static final String SCOPE = "repository:models/credit/default-risk:";

    @TempDir
    Path home;

    private PlayedTokens tokens;
    private Peer registry;

    @BeforeEach
    void start() throws Exception {
        tokens = new PlayedTokens(home);
        registry = Peer.start("registry", "docker-registry/usr/bin/docker-registry", tokens.environment());
    }

    @AfterEach
    void stop() {
        tokens.close();
    }

    private ArtifactStore store(String login) throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(
                home.resolve(".docker/config.json"), "{\"auths\":{\"" + registry.fact("url") + "\":" + login + "}}");
        tokens.granted.clear();
        StoreLocation location = StoreLocation.of("oci://" + registry.fact("url") + "/models");
        return new OciStoreKind(Map.of(), home, Limits.of(Map.of())).open(new StoreKind.Site("main", location, home));
    }

    private static String basic(String user, String password) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return "{\"auth\":\"" + pair + "\"}";
    }

    private FileDigest put(ArtifactStore store, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        FileDigest file = new FileDigest("weights.bin", Digest.of(bytes), size);
        store.of(VERSION.model()).put(file, Files.write(home.resolve("source"), bytes), Progress.NONE);
        return file;
    }

    @Test
    void whoMayWritePushesAndWhoMayReadPulls() throws IOException {
        ArtifactStore writer = store(basic("writer", "pw"));
        FileDigest file = put(writer, BlobUpload.CHUNK + 12_345);
        writer.of(VERSION.model()).complete(VERSION, List.of(file));
        assertThat(new HashSet<>(tokens.granted))
                .isEqualTo(Set.of("writer " + SCOPE + "pull", "writer " + SCOPE + "pull,push"));
        ArtifactStore reader = store(basic("reader", "pw"));
        reader.of(VERSION.model()).get(file, home.resolve("out"), Progress.NONE);
        assertThat(Digest.of(Files.readAllBytes(home.resolve("out")))).isEqualTo(file.digest());
        assertThat(tokens.granted).containsExactly("reader " + SCOPE + "pull");
        Set<Digest> listed = new HashSet<>();
        assertThat(store(basic("writer", "pw")).list(each -> listed.add(each.digest())))
                .isTrue();
        assertThat(listed).contains(file.digest());
        assertThat(tokens.granted).contains("writer registry:catalog:*");
    }

    @Test
    void aRefreshTokenWillDo() throws IOException {
        ArtifactStore store = store("{\"identitytoken\":\"refresh-pw\"}");
        assertThat(store.of(VERSION.model()).verify(put(store, 2_000))).isEqualTo(Verification.OK);
        assertThat(tokens.granted).isNotEmpty().allMatch(each -> each.startsWith("writer "));
    }

    @Test
    void whoMayOnlyReadIsToldSo() throws IOException {
        ArtifactStore store = store(basic("reader", "pw"));
        refused(() -> put(store, 3_000)).hasMessageContaining("config.json").hasMessageNotContaining("cmVhZGVy");
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() throws IOException {
        ArtifactStore store = store(basic("writer", "wrong-pw"));
        refused(() -> put(store, 4_000)).hasMessageContaining("config.json").hasMessageNotContaining("wrong-pw");
    }

    private static AbstractThrowableAssert<?, RegistryException> refused(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.throwable(RegistryException.class))
                .matches(e -> e.kind() == Kind.ENVIRONMENT, "is ENVIRONMENT");
    }
}
