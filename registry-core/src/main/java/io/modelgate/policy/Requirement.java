package io.modelgate.policy;

import java.util.List;

/**
 * What a rule asks for. A new kind is one record here, one line in {@link Requirements}, one clause in the schema of policies,
 * one test and one paragraph in the policy guide.
 */
public sealed interface Requirement
        permits MetricRequirement,
                FairnessRequirement,
                CardRequirement,
                ExplainabilityRequirement,
                FormatsRequirement,
                LineageRequirement,
                SignatureRequirement,
                ApprovalsRequirement,
                PathRequirement,
                FreshnessRequirement,
                FreezeRequirement,
                SchemaRequirement {
    /** What it asks for in a few words, for tables. */
    String title();

    /** What is required, in a few words, for tables. */
    String bound();

    /** What title and bound leave out, a part a line, for whoever asks what exactly is required. */
    default List<String> details() {
        return List.of();
    }

    /** Whether it is asked of a version that a stage goes back to, too. */
    default boolean holdsForRollback() {
        return true;
    }

    /** Whether it is about the version itself, so that it can be asked of one that is live; otherwise about moving it. */
    default boolean isAboutVersion() {
        return true;
    }

    /** What in it is hardly meant: bounds that hold for everything or for nothing, a wrong direction, an unknown name. */
    default List<Doubt> doubts(LintContext context) {
        return List.of();
    }

    /** Compares evidence and circumstances with what is asked for. */
    Judgement judge(JudgeContext context);
}
