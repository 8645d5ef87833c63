package io.modelgate.gate;

import io.modelgate.evidence.Evidence;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.StagePointer;
import io.modelgate.manifest.VersionId;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.RuleResult;
import io.modelgate.policy.SignatureCheck;
import io.modelgate.policy.SignatureRequirement;
import java.util.List;
import java.util.Optional;
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
        for (VersionId version : versions) {
            context.evidence(version, judged)
                    .filter(evidence -> evidence.signature().isPresent() && !context.isSigned(version))
                    .ifPresent(evidence -> requireTrusted(context, evidence, judged));
        }
        context.approvals(kind(), subject(), judged);
    }

    /** A version has one signature for good: one that no policy trusts would only keep the right one out. */
    private static void requireTrusted(GateContext context, Evidence evidence, Judged judged) {
        List<RuleResult> asked = context.registry().stages().stream()
                .flatMap(stage -> context
                        .policies()
                        .judge(
                                context.rules(evidence, Optional.empty(), stage, StagePointer.Reason.PROMOTE),
                                rule -> rule.requirement() instanceof SignatureRequirement)
                        .stream())
                .toList();
        if (!asked.isEmpty() && asked.stream().noneMatch(result -> result.outcome() == Outcome.PASS)) {
            String why = asked.stream()
                    .flatMap(result -> SignatureCheck.named(result).stream())
                    .map(Finding::message)
                    .distinct()
                    .collect(Collectors.joining(" "));
            judged.find(
                    Finding.block(
                            "gate/signature",
                            Place.file(new RegistryPath.SignatureFile(evidence.id()).path()),
                            "No policy trusts this signature of " + evidence.id()
                                    + ", and it would keep the right one out for good: " + why,
                            "Sign with a key or certificate that a policy of the target branch names, or propose to name it first."));
        }
    }
}
