package io.modelgate.evidence;

import io.modelgate.git.CommitId;
import io.modelgate.git.RegistryRepository;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which versions were in a stage, and when.
 *
 * <p>It is read from the first-parent history of the target branch: each of its commits was made by the gate or the Git
 * host when it merged a proposal, and its committer time is the clock of that machine. Whoever can write such commits, or
 * set that clock, can change what this says; authors of proposals can do neither.
 */
public interface StageHistory {
    /** The history in which nothing ever was in any stage. */
    StageHistory NONE = new StageHistory() {
        @Override
        public Optional<Tenure> current(Stage stage, ModelName model, Instant notBefore) {
            return Optional.empty();
        }

        @Override
        public boolean wasLive(Stage stage, ModelName model, Digest manifest) {
            return false;
        }

        @Override
        public List<Tenure> tenures(Stage stage, ModelName model, int max) {
            return List.of();
        }
    };

    /** The history that leads to a commit of the target branch. */
    static StageHistory of(RegistryRepository repository, CommitId tip) {
        return new BranchHistory(repository, tip);
    }

    /**
     * The version that is in the stage now and since when its digests have been there without a break. A clock that went
     * backwards never makes the time longer: it begins no earlier than the commits before it say.
     *
     * @param notBefore looking further back than this is not needed: the tenure then begins at some time before it, and its
     *     commit is one that had the version already
     */
    Optional<Tenure> current(Stage stage, ModelName model, Instant notBefore);

    /** Whether a version with this manifest was ever in the stage. */
    boolean wasLive(Stage stage, ModelName model, Digest manifest);

    /** The latest versions of the stage, newest first, with the times of their commits as they are. */
    List<Tenure> tenures(Stage stage, ModelName model, int max);
}
