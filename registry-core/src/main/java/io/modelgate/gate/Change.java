package io.modelgate.gate;

import io.modelgate.finding.Checked;
import io.modelgate.git.Snapshot;

/** What a proposal does, told from its paths alone. Each kind knows how it is judged. */
public sealed interface Change
        permits Registration,
                EvidenceAdded,
                CardEdited,
                Promotion,
                LifecycleEntries,
                PolicyChange,
                ConfigurationChange {
    /** The word for it in registry.yaml and reports. */
    String kind();

    /** What it is about in a few words. */
    String subject();

    /** Judges it; everything that is wrong is collected. */
    void judge(GateContext context, Judged judged);

    /** The change that turns one tree into the other, or why it is none. */
    static Checked<Change> between(Snapshot target, Snapshot merged) {
        return new ChangeReader(target, merged).read();
    }
}
