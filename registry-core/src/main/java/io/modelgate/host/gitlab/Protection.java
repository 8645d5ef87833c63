package io.modelgate.host.gitlab;

import io.modelgate.finding.RegistryException;
import io.modelgate.host.Safeguard;
import io.modelgate.host.Safeguards;
import io.modelgate.host.Status;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a GitLab lets happen to the target branch without the gate (GitLab REST API v4, Protected branches, Projects, Merge request
 * approvals).
 *
 * @param project the path of the project in the API
 */
record Protection(HostClient client, String project, String branch) {
    private static final int NOBODY = 0;
    private static final int MOST = 1_000;
    private static final String MEND =
            "Set it: 'modelgate doctor --fix' with a maintainer's token, or in Settings > Repository > Protected branches.";
    private static final String MEND_REQUESTS =
            "Set it: 'modelgate doctor --fix' with a maintainer's token, or in Settings > Merge requests.";

    List<Safeguard> safeguards() {
        List<Safeguard> found = new ArrayList<>();
        Optional<List<Json>> rules = rules();
        if (rules.isEmpty()) {
            found.add(Safeguard.doubtful(
                    "protection",
                    "How " + branch + " is protected only members of the project can see.",
                    "Ask a maintainer to run 'modelgate doctor'."));
        } else if (rules.get().isEmpty()) {
            found.add(Safeguards.noRule(branch, MEND));
        } else {
            found.addAll(pushes(rules.get()));
            found.add(merges(rules.get()));
        }
        Json settings = client.get(project);
        found.add(check(settings));
        found.add(styles(settings));
        found.addAll(approvals());
        return found;
    }

    /** Whether a rule is for the branch; empty where this user may not see the rules. */
    Optional<Boolean> isThere() {
        return rules().map(rules -> !rules.isEmpty());
    }

    /** All rules whose name or pattern is that of the branch: where there are several, the mildest counts. */
    private Optional<List<Json>> rules() {
        String path = project + "/protected_branches?per_page=100";
        return client.ask("GET", path, "").ok()
                ? Optional.of(client.all(path, MOST).stream()
                        .filter(rule -> rule.text("name").filter(this::isFor).isPresent())
                        .toList())
                : Optional.empty();
    }

    private boolean isFor(String pattern) {
        String expression =
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return branch.matches(expression);
    }

    private List<Safeguard> pushes(List<Json> rules) {
        List<Json> pushers = levels(rules, "push_access_levels");
        return List.of(
                Safeguard.of(
                        pushers.isEmpty(),
                        "pushes",
                        "nobody pushes to " + branch,
                        "Some may push to " + branch + " without a proposal: " + named(pushers) + ".",
                        MEND),
                Safeguards.history(rules.stream().noneMatch(rule -> rule.isTrue("allow_force_push")), MEND));
    }

    /** Whoever can write can set the status and start another pipeline: it protects only if the gate alone merges. */
    private Safeguard merges(List<Json> rules) {
        List<Json> mergers = levels(rules, "merge_access_levels");
        boolean users =
                mergers.stream().allMatch(level -> level.integer("user_id").isPresent());
        return users
                ? Safeguards.merging(logins(mergers), named(mergers))
                : Safeguard.doubtful(
                        "merging",
                        "Whoever can write can set the check " + Status.CONTEXT + " by hand; " + named(mergers)
                                + " may merge on it.",
                        "Let only the gate's user merge: 'modelgate doctor --fix --gate <user>' (GitLab Premium), or make"
                                + " the gate the only maintainer.");
    }

    /** A rule has the number of a user, and the name that the user chose to be shown by. */
    private List<String> logins(List<Json> levels) {
        return levels.stream()
                .flatMap(level -> level.integer("user_id").stream())
                .flatMap(user -> client.find("/users/" + user).stream())
                .flatMap(user -> user.text("username").stream())
                .toList();
    }

    private static List<Json> levels(List<Json> rules, String field) {
        return rules.stream()
                .flatMap(rule -> rule.elements(field))
                .filter(level -> level.integer("access_level")
                                .filter(number -> number == NOBODY)
                                .isEmpty()
                        || level.integer("user_id").isPresent()
                        || level.integer("group_id").isPresent())
                .toList();
    }

    private static String named(List<Json> levels) {
        List<String> names = levels.stream()
                .map(level -> level.text("access_level_description").orElse("somebody"))
                .toList();
        return names.isEmpty() ? "nobody" : String.join(", ", names);
    }

    private static Safeguard check(Json settings) {
        return Safeguard.of(
                settings.isTrue("only_allow_merge_if_pipeline_succeeds")
                        && !settings.isTrue("allow_merge_on_skipped_pipeline"),
                "required check",
                "a pipeline, which the status " + Status.CONTEXT + " is part of, must succeed before a merge",
                "A proposal can be merged without the check " + Status.CONTEXT + ".",
                MEND_REQUESTS);
    }

    private static Safeguard styles(Json settings) {
        String method = settings.text("merge_method").orElse("merge");
        String squash = settings.text("squash_option").orElse("never");
        return Safeguards.mergeCommits(
                method.equals("merge") && squash.equals("never"),
                "The host merges by '" + method + "' and squashes '" + squash
                        + "', which can make commits that nobody approved.",
                MEND_REQUESTS);
    }

    private List<Safeguard> approvals() {
        Answer answer = client.ask("GET", project + "/approvals", "");
        if (!answer.ok()) {
            return List.of(Safeguard.doubtful(
                    "stale approvals",
                    "The host goes on showing approvals of an earlier head; Modelgate does not count them.",
                    "GitLab Premium has settings for approvals; else nothing needs to be done."));
        }
        Json settings = answer.json();
        return List.of(
                Safeguards.staleApprovals(settings.isTrue("reset_approvals_on_push"), MEND_REQUESTS),
                Safeguard.of(
                        !settings.isTrue("merge_requests_author_approval")
                                && settings.isTrue("merge_requests_disable_committers_approval"),
                        "own approvals",
                        "neither who opened a proposal nor who committed to it can approve it",
                        "Who opened a proposal or committed to it can press the button.",
                        MEND_REQUESTS));
    }

    /**
     * Sets what {@link #safeguards} asks for.
     *
     * @param gate the only user that may merge, if there is to be one
     */
    void set(Optional<String> gate) {
        Json settings = client.get(project);
        long level = Math.max(
                settings.integer("permissions.project_access.access_level").orElse(0L),
                settings.integer("permissions.group_access.access_level").orElse(0L));
        if (level < GateMember.MAINTAINER) {
            throw RegistryException.environment(
                    "Only a maintainer of the project may set its protection.",
                    "Ask one to run 'modelgate doctor --fix', or use a token of one.",
                    null);
        }
        Optional<GateMember> member = gate.map(user -> GateMember.of(client, project, user));
        protect(member);
        put(
                project,
                Json.object(
                        "only_allow_merge_if_pipeline_succeeds",
                        true,
                        "allow_merge_on_skipped_pipeline",
                        false,
                        "merge_method",
                        "merge",
                        "squash_option",
                        "never"));
        Answer answer = client.ask(
                "POST",
                project + "/approvals",
                Json.object(
                        "reset_approvals_on_push", true,
                        "merge_requests_author_approval", false,
                        "merge_requests_disable_committers_approval", true));
        if (answer.status() != 404 && answer.status() != 403) {
            client.require(answer, project + "/approvals");
        }
    }

    /** A rule can be changed on GitLab Premium only; everywhere it can be taken away and made anew, in two requests. */
    private void protect(Optional<GateMember> gate) {
        String rules = project + "/protected_branches";
        for (Json rule : rules().orElse(List.of())) {
            String one = rules + HostClient.path(rule.text("name").orElse(branch));
            Answer gone = client.ask("DELETE", one, "");
            if (gone.status() != 404) {
                client.require(gone, one);
            }
        }
        List<Object> wanted =
                new ArrayList<>(List.of("name", branch, "push_access_level", NOBODY, "allow_force_push", false));
        gate.ifPresentOrElse(
                member -> wanted.addAll(List.of("allowed_to_merge", List.of(Json.nested("user_id", member.account())))),
                () -> wanted.addAll(List.of("merge_access_level", GateMember.MAINTAINER)));
        Json made = client.post(rules, Json.object(wanted.toArray()));
        boolean alone = made.elements("merge_access_levels")
                .anyMatch(level -> level.integer("user_id").isPresent());
        if (!alone) {
            gate.ifPresent(GateMember::letMerge);
        }
    }

    private void put(String path, String body) {
        client.require(client.ask("PUT", path, body), path);
    }
}
