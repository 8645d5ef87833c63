package io.modelgate.host;

import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a host that a rig is for.
 *
 * @param <R> the rig
 */
abstract class RiggedContract<R extends HostRig> extends GitHostContract {
    @TempDir
    Path folder;

    R rig;

    abstract R newRig();

    @BeforeEach
    void init() {
        rig = newRig();
    }

    @AfterEach
    void close() {
        if (rig != null) {
            rig.close();
        }
    }

    @Override
    GitHost host(String user) {
        return rig.host(user);
    }

    @Override
    CommitId target() {
        return rig.target();
    }

    @Override
    CommitId head(String user, String file) {
        return rig.head(user, HostRig.file(file));
    }

    @Override
    CommitId head(String user, String file, String trailer) {
        rig.clone(user).refreshNow();
        return rig.commit(user, List.of(rig.target()), "Change\n\n" + trailer, HostRig.file(file));
    }

    @Override
    CommitFacts facts(CommitId commit) {
        return rig.facts(commit);
    }
}
