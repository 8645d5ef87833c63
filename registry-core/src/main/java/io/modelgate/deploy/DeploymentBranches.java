package io.modelgate.deploy;

import static java.util.stream.Collectors.joining;

import io.modelgate.git.Snapshot;
import io.modelgate.host.GitHost;
import io.modelgate.host.Safeguard;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the host keeps the branches {@code deployments/<stage>} from people who may only propose: whoever pushes there can make a
 * run believe that something is live.
 */
public final class DeploymentBranches {
    private static final String NAME = "deployments";
    private static final String MEND =
            "Protect deployments/** on the host, so that only the account that deploys pushes there.";

    private DeploymentBranches() {}

    /** What was found; empty where no stage has a target. */
    public static Optional<Safeguard> safeguard(GitHost host, RegistryConfig config, Snapshot target) {
        List<String> open = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (Stage stage : config.stages()) {
            if (target.list("targets/" + stage).isEmpty()) {
                continue;
            }
            String branch = Ledger.branch(stage);
            all.add(branch);
            Optional<Boolean> guarded = host.guards(branch);
            if (guarded.isEmpty()) {
                unknown.add(branch);
            } else if (!guarded.get()) {
                open.add(branch);
            }
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        if (!open.isEmpty()) {
            return Optional.of(Safeguard.doubtful(
                    NAME,
                    "Whoever can write can push to " + names(open) + ", and make a run believe that something is live.",
                    MEND));
        }
        return Optional.of(
                unknown.isEmpty()
                        ? Safeguard.holds(NAME, "few may push to " + names(all))
                        : Safeguard.doubtful(
                                NAME, "Who may push to " + names(unknown) + " cannot be seen from here.", MEND));
    }

    private static String names(List<String> branches) {
        return branches.stream().collect(joining(", "));
    }
}
