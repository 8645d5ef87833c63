package io.modelgate.promotion;

import io.modelgate.finding.RegistryException;
import io.modelgate.gate.Verdict;
import io.modelgate.git.CommitId;
import io.modelgate.git.MergeOutcome;
import io.modelgate.git.RegistryRepository;
import io.modelgate.host.Proposal;
import io.modelgate.host.RetargetedException;
import io.modelgate.host.Status;
import io.modelgate.manifest.HostConfig;
import io.modelgate.manifest.RegistryConfig;
import io.modelgate.manifest.RegistryPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Judges a proposal and says the verdict where reviewers and the host see it. */
public final class Publishing {
    private final Workplace workplace;

    public Publishing(Workplace workplace) {
        this.workplace = workplace;
    }

    /** Judges a proposal; where the host has no gate of its own, also sets the status of the head. */
    public Verdict judge(Proposal proposal) {
        Verdict verdict = workplace.judging().judge(workplace.target(), proposal);
        if (!workplace.host().hasGate()) {
            say(proposal, verdict);
        }
        return verdict;
    }

    /** Sets the status of the head that was judged, and shows the findings beside their lines where the host can. */
    public void say(Proposal proposal, Verdict verdict) {
        Status status = status(proposal, verdict);
        workplace.host().status(proposal.head(), status);
        workplace.host().annotate(proposal.head(), status, verdict.findings());
    }

    /** USAGE where registry.yaml names another user as the gate: two that speak contradict each other. */
    public void requireGate() {
        gate().filter(host -> !host.isGate(workplace.host().me())).ifPresent(host -> {
            throw RegistryException.usage(
                    "registry.yaml names " + host.gate().orElseThrow() + " as the gate, and you are "
                            + workplace.host().me() + ".",
                    "Leave verdicts to it, or run this with its token in MODELGATE_TOKEN.");
        });
    }

    /** Whether this user is the gate, or may be since registry.yaml names none. */
    boolean mayBeGate() {
        return gate().filter(host -> !host.isGate(workplace.host().me())).isEmpty();
    }

    /** The host of registry.yaml on the target branch where it names a gate. */
    private Optional<HostConfig> gate() {
        return workplace
                .snapshot()
                .read(new RegistryPath.RegistryFile().path())
                .flatMap(file -> RegistryConfig.readTrusted(file).value())
                .map(RegistryConfig::host)
                .filter(host -> host.gate().isPresent());
    }

    /** Sets the status anew where somebody else set another. */
    public void restore(Proposal proposal, Verdict verdict) {
        if (!workplace.host().stands(proposal.head(), state(verdict))) {
            say(proposal, verdict);
        }
    }

    /**
     * Takes back what was said of a proposal that asks to be merged elsewhere now; whether this user had said anything.
     *
     * @param marker by which the comment is found
     * @param markdown what the comment says instead
     * @param head whose status fails then; empty where another proposal has the same head
     */
    public boolean takeBack(RetargetedException elsewhere, String marker, String markdown, Optional<CommitId> head) {
        boolean spoke = workplace.host().amend(elsewhere.number(), marker, markdown);
        if (spoke) {
            Status status = new Status(
                    Status.State.FAILURE,
                    "This proposal now asks to be merged into " + elsewhere.into() + ", and is not judged.");
            head.ifPresent(commit -> workplace.host().status(commit, status));
        }
        return spoke;
    }

    /**
     * Sets the status of a commit that a merge queue or a CI server built: exactly the merge that was judged, of the target branch
     * and the head. Anything else was not judged, and gets no word; CONFLICT says so.
     */
    public void sayOfBuild(Proposal proposal, Verdict verdict, CommitId built) {
        RegistryRepository repository = workplace.repository();
        if (!repository.has(built)) {
            repository.refreshNow(); // merge queues have branches of their own
        }
        List<CommitId> merged = List.of(verdict.basis().target(), proposal.head());
        boolean same = repository.has(built)
                && repository.facts(built).parents().equals(merged)
                && repository.merge(merged.get(0), merged.get(1)) instanceof MergeOutcome.Merged merge
                && merge.result().tree().equals(repository.snapshot(built).tree());
        if (!same) {
            throw RegistryException.conflict(
                    "The commit " + built.abbreviated() + " is not the merge of "
                            + merged.get(0).abbreviated() + " and "
                            + merged.get(1).abbreviated() + " that was judged.",
                    "Verify again; let a merge queue build one proposal at a time.");
        }
        workplace.host().status(built, status(proposal, verdict));
    }

    /** One line that stands alone: of a failure the first thing that is wrong. */
    private static Status status(Proposal proposal, Verdict verdict) {
        String next = verdict.next().stream()
                .filter(step -> !step.equals(Verdict.READY))
                .collect(Collectors.joining(" "));
        String said = verdict.findings().stream()
                .filter(finding -> verdict.outcome() == Verdict.Outcome.FAIL && finding.blocks())
                .findFirst()
                .map(finding -> finding.message())
                .orElse(next);
        String draft = said.isEmpty() ? "draft: mark it ready for review." : "draft: " + said;
        return new Status(state(verdict), proposal.isDraft() ? draft : said);
    }

    private static Status.State state(Verdict verdict) {
        return switch (verdict.outcome()) {
            case PASS -> Status.State.SUCCESS;
            case FAIL -> Status.State.FAILURE;
            case PENDING -> Status.State.PENDING;
        };
    }
}
