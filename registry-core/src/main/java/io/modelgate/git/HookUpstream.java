package io.modelgate.git;

import java.util.List;

/** A repository as a hook sees it while a push is in quarantine: it is read, and Git itself moves the refs afterwards. */
final class HookUpstream implements Upstream {
    @Override
    public void refresh() {
        // Nothing may change while the hook runs.
    }

    @Override
    public PublishResult publish(List<RefChange> changes) {
        return new PublishResult.Refused("refs cannot be moved while a push is being checked");
    }
}
