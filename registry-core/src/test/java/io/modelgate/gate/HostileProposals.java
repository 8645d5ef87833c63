package io.modelgate.gate;

import static io.modelgate.gate.Documents.id;
import static io.modelgate.gate.GateRegistry.blocks;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelgate.git.CommitId;
import io.modelgate.manifest.SourceFile;
import io.modelgate.manifest.VersionId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry with a version in every stage, and what every attack on it needs. */
abstract class HostileProposals {
    static final String VERSION = "models/credit/default-risk/versions/1.0.0";

    @TempDir
    Path folder;

    GateRegistry registry;

    @BeforeEach
    void init() {
        registry = new GateRegistry(folder);
        registry.merge(Documents.policy(Documents.RELEASE));
        registry.register("1.0.0", "1.1.0");
        registry.promote("1.0.0", "dev", "uat", "prod");
        registry.promote("1.1.0", "dev", "uat");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    CommitId raw(String path, FileMode mode, String content) throws IOException {
        try (RawTree raw = registry.raw()) {
            return new CommitId(raw.commit(registry.main().hex(), path, mode, content));
        }
    }

    /** Even when everybody approved. */
    void refuses(CommitId head, String... rules) {
        Verdict verdict = registry.approved(head, "bob", "carol", "dora");
        assertThat(verdict.outcome()).as(verdict.findings().toString()).isEqualTo(Verdict.Outcome.FAIL);
        assertThat(blocks(verdict)).containsExactlyInAnyOrder(rules);
    }

    /** The files of an honest registration, with these beside or instead of them. */
    static SourceFile[] with(VersionId id, SourceFile... more) {
        TreeMap<String, SourceFile> files = new TreeMap<>();
        Documents.files(id).forEach(file -> files.put(file.path(), file));
        for (SourceFile file : more) {
            files.put(file.path(), file);
        }
        return files.values().toArray(SourceFile[]::new);
    }
}
