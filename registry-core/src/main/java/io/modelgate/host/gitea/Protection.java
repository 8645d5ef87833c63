package io.modelgate.host.gitea;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Backoff;
import io.modelgate.host.Safeguard;
import io.modelgate.host.Safeguards;
import io.modelgate.host.Status;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a Gitea lets happen to the target branch without the gate (Gitea API 1.26, {@code BranchProtection}).
 *
 * @param repo the path of the repository in the API
 */
record Protection(HostClient client, String repo, String branch) {
    private static final String MEND =
            "Set it: 'modelgate doctor --fix' with an administrator's token, or in Settings > Branches.";
    private static final String MEND_MERGING =
            "Set it: 'modelgate doctor --fix' with an administrator's token, or in Settings > Repository.";

    private static final String NOBODY = "nobody";

    List<Safeguard> safeguards() {
        Json summary = client.get(repo + HostClient.path("branches", branch));
        if (!summary.isTrue("protected")) {
            return List.of(Safeguards.noRule(branch, MEND));
        }
        List<Safeguard> found = new ArrayList<>();
        Optional<Json> rule =
                rule(summary.text("effective_branch_protection_name").orElse(branch));
        if (rule.isEmpty()) {
            found.add(status(summary));
            found.add(Safeguards.hiddenRule(branch));
            return found;
        }
        found.add(status(rule.get()));
        found.addAll(pushes(rule.get()));
        found.addAll(merges(rule.get()));
        found.add(styles(client.get(repo)));
        return found;
    }

    /** Whether the branch has a rule; empty where it is not there yet. */
    Optional<Boolean> isThere() {
        return client.find(repo + HostClient.path("branches", branch)).map(found -> found.isTrue("protected"));
    }

    private Optional<Json> rule(String name) {
        Answer answer = client.ask("GET", repo + HostClient.path("branch_protections", name), "");
        return answer.ok() ? Optional.of(answer.json()) : Optional.empty();
    }

    private static Safeguard status(Json rule) {
        return Safeguards.requiredCheck(
                rule.isTrue("enable_status_check")
                        && rule.texts("status_check_contexts").contains(Status.CONTEXT),
                MEND);
    }

    private List<Safeguard> pushes(Json rule) {
        return List.of(
                Safeguard.of(
                        !rule.isTrue("enable_push"),
                        "pushes",
                        "nobody pushes to " + branch,
                        rule.isTrue("enable_push_whitelist")
                                ? "Some may push to " + branch + " without a proposal: " + named(rule, "push_whitelist")
                                        + "."
                                : "Whoever can write can push to " + branch + " without a proposal.",
                        MEND),
                Safeguards.history(!rule.isTrue("enable_force_push"), MEND),
                Safeguard.of(
                        rule.isTrue("block_admin_merge_override"),
                        "administrators",
                        "rules hold for administrators too",
                        "Administrators can merge what the gate refuses.",
                        MEND));
    }

    /** The status can be set by anybody who can write: it protects only if those who merge go by the gate's own. */
    private static List<Safeguard> merges(Json rule) {
        boolean limited = rule.isTrue("enable_merge_whitelist");
        return List.of(
                Safeguards.staleApprovals(
                        rule.isTrue("dismiss_stale_approvals") || rule.isTrue("ignore_stale_approvals"), MEND),
                limited
                        ? merging(rule.texts("merge_whitelist_usernames"), named(rule, "merge_whitelist"))
                        : Safeguard.doubtful(
                                "merging",
                                "Whoever can write can set the check " + Status.CONTEXT
                                        + " by hand and merge: Gitea does not tell who set it.",
                                "Let only the gate's user merge: 'modelgate doctor --fix --gate <user>'."));
    }

    private static Safeguard merging(List<String> logins, String shown) {
        return shown.equals(NOBODY)
                ? Safeguard.missing(
                        "merging",
                        "Nobody may merge.",
                        "Let the gate's user merge: 'modelgate doctor --fix --gate <user>'.")
                : Safeguards.merging(logins, shown);
    }

    private static String named(Json rule, String list) {
        List<String> names = new ArrayList<>(rule.texts(list + "_usernames"));
        rule.texts(list + "_teams").forEach(team -> names.add("team " + team));
        return names.isEmpty() ? NOBODY : String.join(", ", names);
    }

    private static Safeguard styles(Json repository) {
        List<String> others = new ArrayList<>();
        for (String style : List.of(
                "allow_squash_merge",
                "allow_rebase",
                "allow_rebase_explicit",
                "allow_fast_forward_only_merge",
                "allow_manual_merge")) {
            if (repository.isTrue(style)) {
                others.add(style.replace("allow_", ""));
            }
        }
        return Safeguards.mergeCommits(
                others.isEmpty() && repository.isTrue("allow_merge_commits"),
                "The host also offers " + others + ", which make commits that nobody approved.",
                MEND_MERGING);
    }

    /** A repository that was pushed to for the first time counts as empty for a moment, and cannot be protected. */
    private void awaitContent() {
        Backoff backoff = new Backoff();
        while (client.get(repo).isTrue("empty") && backoff.again()) {
            // asked again
        }
    }

    /** Whoever merges must be allowed to write. */
    private void letWrite(String user) {
        String path = repo + HostClient.path("collaborators", user);
        boolean writes = client.find(path + "/permission")
                .flatMap(json -> json.text("permission"))
                .filter(right -> List.of("write", "admin", "owner").contains(right))
                .isPresent();
        if (!writes) {
            client.require(client.ask("PUT", path, Json.object("permission", "write")), user);
        }
    }

    /**
     * Sets what {@link #safeguards} asks for.
     *
     * @param gate the only user that may merge, if there is to be one
     */
    void set(Optional<String> gate) {
        if (!client.get(repo).isTrue("permissions.admin")) {
            throw RegistryException.environment(
                    "Only an administrator of the repository may set its protection.",
                    "Ask one to run 'modelgate doctor --fix', or use a token of one.",
                    null);
        }
        awaitContent();
        gate.ifPresent(this::letWrite);
        Json summary = client.get(repo + HostClient.path("branches", branch));
        String name = summary.text("effective_branch_protection_name").orElse(branch);
        List<String> checks = new ArrayList<>(List.of(Status.CONTEXT));
        rule(name)
                .ifPresent(old -> old.texts("status_check_contexts").stream()
                        .filter(other -> !other.equals(Status.CONTEXT))
                        .forEach(checks::add));
        List<Object> rule = new ArrayList<>(List.of(
                "enable_push", false,
                "enable_force_push", false,
                "enable_status_check", true,
                "status_check_contexts", checks,
                "dismiss_stale_approvals", true,
                "block_admin_merge_override", true));
        gate.ifPresent(user ->
                rule.addAll(List.of("enable_merge_whitelist", true, "merge_whitelist_usernames", List.of(user))));
        if (summary.isTrue("protected")) {
            client.patch(repo + HostClient.path("branch_protections", name), Json.object(rule.toArray()));
        } else {
            rule.addAll(0, List.of("rule_name", branch));
            client.post(repo + "/branch_protections", Json.object(rule.toArray()));
        }
        client.patch(
                repo,
                Json.object(
                        "allow_merge_commits", true,
                        "allow_squash_merge", false,
                        "allow_rebase", false,
                        "allow_rebase_explicit", false,
                        "allow_fast_forward_only_merge", false,
                        "allow_manual_merge", false,
                        "autodetect_manual_merge", false,
                        "default_merge_style", "merge"));
    }
}
