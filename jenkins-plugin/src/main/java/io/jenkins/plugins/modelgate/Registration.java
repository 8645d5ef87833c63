package io.jenkins.plugins.modelgate;

import io.modelgate.Registry;
import io.modelgate.finding.Checked;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.VersionId;
import io.modelgate.promotion.Planned;
import io.modelgate.promotion.RegistrationRequest;
import io.modelgate.promotion.Submission;
import io.modelgate.store.FileDigest;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Supplier;

/** Registers what a job left in its workspace: the controller's part, which takes the agent's word for nothing. */
final class Registration {
    private final Registry registry;
    private final PrintStream log;

    Registration(Registry registry, PrintStream log) {
        this.registry = registry;
        this.log = log;
    }

    /**
     * What was proposed.
     *
     * @param root the root digest of the files
     * @param done how that ended
     */
    record Registered(Digest root, Submission done) {}

    /**
     * Plans from what the agent says it has, lets it upload, and submits. What is refused ends the build.
     *
     * @param store the store that the files go to; the first of the registry when empty
     * @param merge whether to merge it once it passes
     */
    Registered register(VersionId id, Optional<String> store, TrainingFiles wanted, BuildFolder folder, boolean merge)
            throws IOException, InterruptedException {
        Gathered said = folder.gather(wanted);
        said.report().show(log);
        Claimed claimed = Claimed.parse(said);
        RegistrationRequest request = new RegistrationRequest(id, claimed.documents(), store);
        Supplier<Checked<Planned>> planning = () -> registry.plan(request, claimed.artifacts());
        if (Failure.orAbort(planning.get(), log).plan().isPresent()) {
            upload(claimed, StoreAddress.of(registry, id, store, folder.logins()), wanted, folder);
        }
        Checked<Submission> done = registry.submit(planning, merge);
        return new Registered(claimed.root(), done.ok() ? done.get() : Failure.orAbort(done, log));
    }

    private void upload(Claimed claimed, StoreAddress store, TrainingFiles wanted, BuildFolder folder)
            throws IOException, InterruptedException {
        store.prepare();
        folder.upload(
                        wanted.files(),
                        claimed.artifacts().stream().map(FoundFile::of).toList(),
                        store)
                .show(log);
        store.requireThere(claimed.artifacts().stream().map(FileDigest::of).toList(), folder.node());
    }
}
