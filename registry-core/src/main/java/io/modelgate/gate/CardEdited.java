package io.modelgate.gate;

import io.modelgate.evidence.Evidence;
import io.modelgate.manifest.Stage;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.CardRequirement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Corrected model cards. A card must still satisfy the card rules of every stage that its version is in.
 *
 * @param versions whose cards
 */
record CardEdited(List<VersionId> versions) implements Change {
    CardEdited {
        versions = List.copyOf(versions);
    }

    @Override
    public String kind() {
        return ChangeKind.DOCUMENTATION.word();
    }

    @Override
    public String subject() {
        return versions.stream().map(VersionId::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void judge(GateContext context, Judged judged) {
        for (VersionId version : versions) {
            context.evidence(version, judged)
                    .ifPresent(evidence ->
                            context.stagesOf(version).forEach(stage -> judge(context, evidence, stage, judged)));
        }
        context.approvals(kind(), subject(), judged);
    }

    private static void judge(GateContext context, Evidence evidence, Stage stage, Judged judged) {
        judged.addAll(context.policies()
                .judge(
                        context.rules(evidence, Optional.empty(), stage, StagePointer.Reason.PROMOTE),
                        rule -> rule.requirement() instanceof CardRequirement));
    }
}
