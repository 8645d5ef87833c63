package io.modelgate.gate;

import io.modelgate.evidence.VersionDiff;
import io.modelgate.finding.Finding;
import io.modelgate.git.CommitId;
import io.modelgate.manifest.Digest;
import io.modelgate.manifest.UserId;
import io.modelgate.policy.RuleResult;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Whether a change may be merged, and why.
 *
 * @param outcome pass, fail or pending
 * @param kind the kind of change, such as {@code promotion}; {@code unknown} when it is none
 * @param basis what it was judged on: it is void when one of these moves
 * @param rules how each rule was judged
 * @param findings everything found, those of rules included, sorted
 * @param differences for a promotion, how each version differs from the one that is in the stage
 * @param people who must do what next, and whose approvals count
 */
public record Verdict(
        Outcome outcome,
        String kind,
        Basis basis,
        List<RuleResult> rules,
        List<Finding> findings,
        List<VersionDiff> differences,
        People people) {
    /** How the next step of what passes begins. */
    static final String MERGEABLE = "It can be merged";

    /** How the step of an author begins whose proposal is not good yet. */
    static final String MEND = "The author has ";

    /** The last step of a draft. */
    public static final String READY = "It is a draft: mark it ready for review.";

    public Verdict {
        rules = List.copyOf(rules);
        findings = findings.stream().sorted().distinct().toList();
        differences = List.copyOf(differences);
    }

    /** The three answers. */
    public enum Outcome {
        /** It may be merged now. */
        PASS,
        /** Something must be mended first. */
        FAIL,
        /** Only approvals or time are missing, or it is a draft. */
        PENDING;

        /** The word in reports and trailers. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a verdict belongs to.
     *
     * @param target commit of the target branch
     * @param head commit that asks to be merged
     * @param policy digest of policies, waivers and registry.yaml of the target
     * @param validator version of the gate's own rules
     * @param judgedAt the clock of the judgement
     */
    public record Basis(CommitId target, CommitId head, Digest policy, String validator, Instant judgedAt) {}

    /**
     * The people of a verdict.
     *
     * @param next who must do what next
     * @param approvedBy whose approvals of this head count
     */
    public record People(List<String> next, List<UserId> approvedBy) {
        public People {
            next = List.copyOf(next);
            approvedBy = List.copyOf(approvedBy);
        }
    }

    /** The same where this user alone speaks and merges for the gate. */
    Verdict mergedBy(UserId gate) {
        return saying(next().stream()
                .map(step -> step.startsWith(MERGEABLE) ? MERGEABLE + " by " + gate + ", the gate." : step)
                .toList());
    }

    private Verdict saying(List<String> steps) {
        return new Verdict(outcome, kind, basis, rules, findings, differences, new People(steps, approvedBy()));
    }

    /** The same where nothing was proposed: there is no proposal that 'modelgate verify' could show. */
    public Verdict unproposed() {
        return saying(next().stream().filter(step -> !step.startsWith(MEND)).toList());
    }

    /** The same for a proposal whose author is not done with it: nothing of it may be merged yet. */
    public Verdict ofDraft() {
        List<String> steps = Stream.concat(
                        next().stream().filter(step -> !step.startsWith(MERGEABLE)), Stream.of(READY))
                .toList();
        return new Verdict(
                outcome == Outcome.PASS ? Outcome.PENDING : outcome,
                kind,
                basis,
                rules,
                findings,
                differences,
                new People(steps, approvedBy()));
    }

    /** Who must do what next. */
    public List<String> next() {
        return people.next();
    }

    /** Whose approvals of this head count. */
    public List<UserId> approvedBy() {
        return people.approvedBy();
    }

    /** The digest of what decided. */
    public Digest policy() {
        return basis.policy();
    }
}
