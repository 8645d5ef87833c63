package io.modelgate.gate;

import io.modelgate.manifest.VersionId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * New evidence about versions that are registered.
 *
 * @param versions the versions
 */
record EvidenceAdded(List<VersionId> versions) implements Change {
    EvidenceAdded {
        versions = List.copyOf(versions);
    }

    @Override
    public String kind() {
        return ChangeKind.EVIDENCE.word();
    }

    @Override
    public String subject() {
        return versions.stream().map(VersionId::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void judge(GateContext context, Judged judged) {
        versions.forEach(version -> context.evidence(version, judged));
        context.approvals(kind(), subject(), judged);
    }
}
