package io.modelgate.git;

import java.util.List;

/** Where refs really are: in the repository itself, or on another machine. */
interface Upstream {
    /** Brings the latest refs and objects here. */
    void refresh();

    /** Moves refs, all or none. */
    PublishResult publish(List<RefChange> changes);
}
