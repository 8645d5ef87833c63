package io.modelgate.policy;

/**
 * What a rule asks for. A new kind is one record here, one line in {@link Requirements}, one clause in the schema of policies,
 * one test and one paragraph in the policy guide.
 */
public sealed interface Requirement
        permits MetricRequirement,
                FairnessRequirement,
                CardRequirement,
                ExplainabilityRequirement,
                LineageRequirement,
                SignatureRequirement,
                ApprovalsRequirement,
                PathRequirement,
                FreshnessRequirement,
                FreezeRequirement,
                SchemaRequirement {
    /** What it asks for in a few words, for tables. */
    String title();

    /** Whether it is asked of a version that a stage goes back to, too. */
    default boolean holdsForRollback() {
        return true;
    }

    /** Compares evidence and circumstances with what is asked for. */
    Judgement judge(JudgeContext context);
}
