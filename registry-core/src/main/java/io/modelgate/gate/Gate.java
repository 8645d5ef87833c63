package io.modelgate.gate;

import io.modelgate.finding.Checked;
import io.modelgate.finding.Finding;
import io.modelgate.finding.Place;
import io.modelgate.finding.RegistryException;
import io.modelgate.finding.Severity;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.Snapshot;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.KindApprovals;
import io.modelgate.policy.Outcome;
import io.modelgate.policy.Policies;
import io.modelgate.policy.RuleResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides whether a change may be merged. The same input always gives the same verdict. */
public final class Gate {
    /** The version of the gate's own rules; a verdict of another one is void. */
    public static final String VALIDATOR = "modelgate/1";

    private static final Digest NOTHING = Digest.of("");

    private Gate() {}

    /**
     * Judges a change. Objects that Git would not write and a defect of the gate itself are a failed verdict, never a pass.
     * Where nothing can be judged now (no network, no store, no disk) there is no verdict but the exception that says so.
     */
    public static Verdict judge(GateInput input) {
        Judged judged = new Judged();
        try {
            return judge(input, judged);
        } catch (RegistryException e) {
            if (e.kind() != RegistryException.Kind.INTEGRITY) {
                throw e;
            }
            judged.find(integrity(e));
            return verdict(input, "unknown", NOTHING, judged, List.of());
        } catch (RuntimeException | StackOverflowError e) {
            judged.find(Finding.block(
                    "gate/internal",
                    Place.NOWHERE,
                    "The gate itself failed (" + e.getClass().getSimpleName()
                            + "); what it cannot judge does not pass.",
                    "Report this as a defect of Modelgate."));
            return verdict(input, "unknown", NOTHING, judged, List.of());
        }
    }

    /**
     * The verdict of what cannot even be read, such as commits that Git would not write: it fails.
     *
     * @param target the target branch
     * @param wrong what is wrong with it
     */
    public static Verdict unreadable(Snapshot target, CommitId head, Instant now, RegistryException wrong) {
        Judged judged = new Judged();
        judged.find(integrity(wrong));
        return verdict(
                new Verdict.Basis(target.commit().orElseThrow(), head, NOTHING, VALIDATOR, now),
                "unknown",
                judged,
                List.of());
    }

    private static Finding integrity(RegistryException wrong) {
        return Finding.block("gate/integrity", Place.NOWHERE, String.valueOf(wrong.getMessage()), wrong.remedy());
    }

    private static Verdict judge(GateInput input, Judged judged) {
        Optional<RegistryConfig> registry = registry(input.target(), judged);
        Optional<Snapshot> merged = merged(input.merge(), judged);
        if (registry.isEmpty() || merged.isEmpty()) {
            return verdict(input, "unknown", NOTHING, judged, List.of());
        }
        Checked<Policies> policies = Policies.in(input.target());
        Checked<Change> change = Change.between(input.target(), merged.get());
        judged.find(change.findings());
        judged.find(RunFiles.named(input.target().changesTo(merged.get()), registry.get()));
        boolean mends = change.value().filter(PolicyChange.class::isInstance).isPresent();
        policies.findings().forEach(finding -> judged.find(mends ? finding.as(Severity.WARN) : finding));
        if (change.ok() && (policies.ok() || mends)) {
            Policies rules = policies.value().orElse(Policies.NONE);
            change.get().judge(new GateContext(input, merged.get(), registry.get(), rules), judged);
        }
        Verdict verdict = verdict(
                input,
                change.value().map(Change::kind).orElse("unknown"),
                policies.value().map(Policies::digest).orElse(NOTHING),
                judged,
                KindApprovals.approvers(registry.get(), input.review()));
        return registry.get().host().gate().map(verdict::mergedBy).orElse(verdict);
    }

    private static Optional<RegistryConfig> registry(Snapshot target, Judged judged) {
        String path = new RegistryPath.RegistryFile().path();
        Checked<RegistryConfig> registry = target.read(path)
                .map(RegistryConfig::readTrusted)
                .orElseGet(() -> Checked.refused(Finding.block(
                        "gate/registry",
                        Place.file(path),
                        "The target branch has no registry.yaml: it is not a registry.",
                        "Make a registry with 'modelgate init'.")));
        judged.find(registry.findings());
        return registry.value();
    }

    private static Optional<Snapshot> merged(MergeOutcome outcome, Judged judged) {
        if (outcome instanceof MergeOutcome.Merged merged) {
            return Optional.of(merged.result());
        }
        if (outcome instanceof MergeOutcome.Conflicting conflict) {
            conflict.paths().stream()
                    .limit(20)
                    .forEach(path -> judged.find(Finding.block(
                            "gate/conflict",
                            Place.file(path),
                            "The target branch and the proposal changed this file differently.",
                            "Make the change again on the present target branch.")));
        } else {
            judged.find(Finding.block(
                    "gate/unrelated",
                    Place.NOWHERE,
                    "The proposal has no common history with the target branch.",
                    "Start from the target branch."));
        }
        return Optional.empty();
    }

    private static Verdict verdict(GateInput input, String kind, Digest policy, Judged judged, List<UserId> approvers) {
        return verdict(
                new Verdict.Basis(
                        input.target().commit().orElseThrow(), input.review().head(), policy, VALIDATOR, input.now()),
                kind,
                judged,
                approvers);
    }

    private static Verdict verdict(Verdict.Basis basis, String kind, Judged judged, List<UserId> approvers) {
        boolean failed = judged.findings().stream().anyMatch(Finding::blocks)
                || judged.rules().stream().anyMatch(rule -> rule.outcome() == Outcome.FAIL);
        boolean pending = judged.rules().stream().anyMatch(rule -> rule.outcome() == Outcome.PENDING);
        Verdict.Outcome outcome =
                failed ? Verdict.Outcome.FAIL : pending ? Verdict.Outcome.PENDING : Verdict.Outcome.PASS;
        return new Verdict(
                outcome,
                kind,
                basis,
                judged.rules(),
                judged.findings(),
                judged.differences(),
                new Verdict.People(next(outcome, judged), approvers));
    }

    private static List<String> next(Verdict.Outcome outcome, Judged judged) {
        List<String> next = new ArrayList<>();
        if (outcome == Verdict.Outcome.FAIL) {
            long blocking = judged.findings().stream()
                    .filter(Finding::blocks)
                    .map(each -> List.of(each.message(), each.remedy()))
                    .distinct()
                    .count();
            next.add(
                    blocking == 1
                            ? Verdict.MEND + "one finding to mend; 'modelgate verify' shows it."
                            : Verdict.MEND + blocking + " findings to mend; 'modelgate verify' shows them.");
        }
        Stream<RuleResult> pending = judged.rules().stream().filter(rule -> rule.outcome() == Outcome.PENDING);
        pending.flatMap(rule -> rule.findings().stream())
                .map(finding -> (finding.message() + " " + finding.remedy()).strip())
                .distinct()
                .forEach(next::add);
        if (outcome == Verdict.Outcome.PASS) {
            next.add(Verdict.MERGEABLE + ".");
        }
        return next;
    }
}
