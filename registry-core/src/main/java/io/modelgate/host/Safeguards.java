package io.modelgate.host;

import java.util.List;

/** The safeguards that several hosts know, in the same words on each. */
public final class Safeguards {
    private static final String PROTECTION = "protection";

    private Safeguards() {}

    /** No rule protects the target branch. */
    public static Safeguard noRule(String branch, String remedy) {
        return Safeguard.missing(PROTECTION, "Whoever can write can change " + branch + " without the gate.", remedy);
    }

    /** There are rules, which this user may not see. */
    public static Safeguard hiddenRule(String branch) {
        return ofAdministrators(branch + " is protected; how well, only an administrator of the repository can see.");
    }

    /** Whether there are rules this user may not see. */
    public static Safeguard hidden(String branch) {
        return ofAdministrators("How " + branch + " is protected, only an administrator of the repository can see.");
    }

    private static Safeguard ofAdministrators(String said) {
        return Safeguard.doubtful(PROTECTION, said, "Ask one to run 'modelgate doctor'.");
    }

    /** Whether the gate's status is required. */
    public static Safeguard requiredCheck(boolean holds, String remedy) {
        return Safeguard.of(
                holds,
                "required check",
                Status.CONTEXT + " must pass before a merge",
                "A proposal can be merged without the check " + Status.CONTEXT + ".",
                remedy);
    }

    /** Whether nobody can take history away. */
    public static Safeguard history(boolean holds, String remedy) {
        return Safeguard.of(holds, "history", "nobody forces a push", "A forced push can take history away.", remedy);
    }

    /**
     * Few may merge.
     *
     * @param logins the users, by the names that {@link GitHost#user} takes
     * @param shown all of them in words, also teams
     */
    public static Safeguard merging(List<String> logins, String shown) {
        return Safeguard.holds("merging", "only " + shown + " may merge").mergedBy(logins);
    }

    /** Whether the host itself takes approvals back when the head moves. */
    public static Safeguard staleApprovals(boolean holds, String remedy) {
        return Safeguard.of(
                holds,
                "stale approvals",
                "an approval ends with the head that it was given for",
                "The host goes on showing approvals of an earlier head.",
                remedy);
    }

    /**
     * Whether only merge commits are made.
     *
     * @param otherwise which other ways the host offers, a sentence
     */
    public static Safeguard mergeCommits(boolean holds, String otherwise, String remedy) {
        return Safeguard.of(
                holds, "merge commits", "only merge commits, which keep the head that was approved", otherwise, remedy);
    }
}
