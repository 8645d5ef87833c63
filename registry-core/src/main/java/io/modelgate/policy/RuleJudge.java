package io.modelgate.policy;

import io.modelgate.finding.Finding;
import io.modelgate.finding.Severity;
import java.util.List;
import java.util.Optional;

/** Judges one rule: the requirement, then what severity and waivers make of it. */
final class RuleJudge {
    private final List<Waiver> waivers;
    private final JudgeContext context;

    RuleJudge(List<Waiver> waivers, JudgeContext context) {
        this.waivers = waivers;
        this.context = context;
    }

    RuleResult judge(Policy policy, Rule rule) {
        Judgement judgement = rule.requirement().judge(context);
        Optional<Waiver> waiver = judgement.outcome() == Outcome.FAIL && rule.waivable()
                ? waivers.stream()
                        .filter(each -> each.covers(
                                policy.name(), rule, context.evidence().id(), context.stage(), context.now()))
                        .findFirst()
                : Optional.empty();
        Outcome outcome = outcome(rule, judgement, waiver);
        RuleResult.Line line = new RuleResult.Line(
                rule.requirement().title(),
                judgement.value(),
                judgement.bound(),
                judgement.place(),
                waiver.map(RuleJudge::why).orElse(rule.why().rationale()));
        List<Finding> findings = judgement.problems().stream()
                .map(problem -> finding(policy, rule, outcome, problem))
                .toList();
        return new RuleResult(policy.name(), rule.id(), context.evidence().id().toString(), outcome, line, findings);
    }

    private static Outcome outcome(Rule rule, Judgement judgement, Optional<Waiver> waiver) {
        if (judgement.outcome() == Outcome.PASS) {
            return Outcome.PASS;
        }
        if (rule.severity() != Severity.BLOCK) {
            return Outcome.WARN;
        }
        return waiver.isPresent() ? Outcome.WAIVED : judgement.outcome();
    }

    private static Finding finding(Policy policy, Rule rule, Outcome outcome, Judgement.Problem problem) {
        Severity severity = switch (outcome) {
            case FAIL -> problem.warning() ? Severity.WARN : Severity.BLOCK;
            case WARN, PASS -> Severity.WARN;
            case PENDING, WAIVED -> Severity.NOTE;
        };
        String remedy = rule.waivable() && severity == Severity.BLOCK
                ? problem.remedy() + " The rule can be waived: propose a file waivers/<id>.yaml."
                : problem.remedy();
        return new Finding(severity, policy.name() + "/" + rule.id(), problem.place(), problem.message(), remedy);
    }

    private static String why(Waiver waiver) {
        return "waived until " + waiver.expires() + " by "
                + String.join(
                        ", ",
                        waiver.grounds().approvedBy().stream()
                                .map(Object::toString)
                                .toList()) + ": "
                + waiver.grounds().reason();
    }
}
