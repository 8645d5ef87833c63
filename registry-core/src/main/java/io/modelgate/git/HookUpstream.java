package io.modelgate.git;

import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/** A repository as a hook sees it while a push is in quarantine: it is read, and Git itself moves the refs afterwards. */
final class HookUpstream implements Upstream {
    @Override
    public void refresh() {
        // Nothing may change while the hook runs.
    }

    @Override
    public Map<String, ObjectId> everything() {
        throw new IllegalStateException("a hook sees what is pushed, and not what every ref leads to");
    }

    @Override
    public PublishResult publish(List<RefChange> changes) {
        return new PublishResult.Refused("refs cannot be moved while a push is being checked");
    }
}
