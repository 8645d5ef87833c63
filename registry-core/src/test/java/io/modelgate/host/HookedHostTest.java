package io.modelgate.host;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The local host over a push that the hook judges: whatever it does as it should is accepted. */
class HookedHostTest extends GitHostContract {
    private static final String REGISTRY = """
            apiVersion: modelgate.io/v1
            kind: Registry
            name: test
            stages: [dev]
            stores: [{name: main, url: "file:artifacts"}]
            roles: {reviewer: [bob]}
            approvals: {configuration: {count: 0}}
            """;

    @TempDir
    Path folder;

    private HookedRegistry registry;

    @BeforeEach
    void init() throws Exception {
        registry = new HookedRegistry(folder, REGISTRY);
    }

    @AfterEach
    void close() throws Exception {
        registry.close();
    }

    @Override
    GitHost host(String user) {
        return registry.host(user);
    }

    @Override
    CommitId target() {
        return registry.main();
    }

    @Override
    CommitId head(String user, String file) {
        return registry.head(user, file);
    }

    @Override
    CommitId head(String user, String file, String trailer) {
        return registry.commit(
                user,
                HookedRegistry.NOW,
                "Add " + file + "\n\n" + trailer,
                HookedRegistry.model(file),
                registry.main());
    }

    @Override
    CommitFacts facts(CommitId commit) {
        return registry.server().facts(commit);
    }

    @Override
    String message(Proposal proposal) {
        return registry.message(proposal.number());
    }
}
