package io.modelgate.host.github;

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
import java.util.stream.Stream;

/**
 * What a GitHub lets happen to the target branch without the gate: by the branch's protection, which only administrators see, and
 * by rule sets, which everybody sees (docs.github.com, REST API, "Branch protection" and "Rules").
 *
 * @param repo the path of the repository in the API
 */
record Protection(HostClient client, String repo, String branch) {
    private static final String MEND =
            "Set it: 'modelgate doctor --fix' with an administrator's token, or in Settings > Branches.";
    private static final String MEND_MERGING =
            "Set it: 'modelgate doctor --fix' with an administrator's token, or in Settings > General > Pull Requests.";

    List<Safeguard> safeguards() {
        List<Json> rules = client.find(repo + HostClient.path("rules", "branches", branch) + "?per_page=100").stream()
                .flatMap(Json::elements)
                .toList();
        boolean isProtected =
                client.get(repo + HostClient.path("branches", branch)).isTrue("protected");
        Answer answer = client.ask("GET", path(), "");
        Json protection = answer.ok() ? answer.json() : Json.nested();
        List<Safeguard> found = new ArrayList<>();
        if (!isProtected && rules.isEmpty()) {
            return List.of(Safeguards.noRule(branch, MEND));
        }
        if (isProtected && !answer.ok() && rules.isEmpty()) {
            found.add(Safeguards.hiddenRule(branch));
            return found;
        }
        found.addAll(checks(protection, rules));
        found.addAll(pushes(protection, rules, answer.ok()));
        found.add(stale(protection, rules));
        found.add(styles(client.get(repo)));
        return found;
    }

    /** Whether the branch has any rule; rules for names are seen also before there is the branch, protection is not. */
    Optional<Boolean> isThere() {
        boolean ruled = client.find(repo + HostClient.path("rules", "branches", branch) + "?per_page=100").stream()
                .flatMap(Json::elements)
                .findAny()
                .isPresent();
        return ruled
                ? Optional.of(true)
                : client.find(repo + HostClient.path("branches", branch)).map(found -> found.isTrue("protected"));
    }

    private String path() {
        return repo + HostClient.path("branches", branch) + "/protection";
    }

    private static Stream<Json> of(List<Json> rules, String type) {
        return rules.stream()
                .filter(rule -> rule.text("type").filter(type::equals).isPresent());
    }

    /** The check is required; and only the gate can set it, where it is bound to the gate's App. */
    private List<Safeguard> checks(Json protection, List<Json> rules) {
        List<Json> required = Stream.concat(
                        protection.elements("required_status_checks.checks"),
                        of(rules, "required_status_checks")
                                .flatMap(rule -> rule.elements("parameters.required_status_checks")))
                .filter(check ->
                        check.text("context").filter(Status.CONTEXT::equals).isPresent())
                .toList();
        boolean named = !required.isEmpty()
                || protection.texts("required_status_checks.contexts").contains(Status.CONTEXT);
        boolean bound = required.stream()
                .anyMatch(check -> Stream.of("app_id", "integration_id")
                        .flatMap(field -> check.integer(field).stream())
                        .anyMatch(app -> app > 0));
        List<Safeguard> found = new ArrayList<>();
        found.add(Safeguards.requiredCheck(named, MEND));
        if (named) {
            found.add(
                    bound
                            ? Safeguard.holds("forged check", "only the gate's App can set the check")
                            : Safeguard.doubtful(
                                    "forged check",
                                    "Whoever can write can set the check " + Status.CONTEXT + " by hand.",
                                    "Let the gate run as a GitHub App, and name the App as the check's source in"
                                            + " Settings > Branches; or let only the gate's user push to " + branch
                                            + ": 'modelgate doctor --fix --gate <user>'."));
        }
        return found;
    }

    private List<Safeguard> pushes(Json protection, List<Json> rules, boolean seen) {
        boolean pulls = !protection.at("required_pull_request_reviews").isEmpty()
                || of(rules, "pull_request").findAny().isPresent();
        boolean forced = protection.isTrue("allow_force_pushes.enabled")
                && of(rules, "non_fast_forward").findAny().isEmpty();
        boolean limited = !protection.at("restrictions").isEmpty();
        List<Safeguard> found = new ArrayList<>();
        if (limited) { // whoever may push may merge
            found.add(Safeguards.merging(logins(protection), named(protection)));
        }
        found.add(Safeguard.of(
                pulls || limited,
                "pushes",
                pulls ? "nobody pushes to " + branch : "only " + named(protection) + " may push to " + branch,
                "Whoever can write can push to " + branch + " without a proposal.",
                MEND));
        found.add(Safeguards.history(
                !forced && (seen || of(rules, "non_fast_forward").findAny().isPresent()), MEND));
        if (seen) {
            found.add(Safeguard.of(
                    protection.isTrue("enforce_admins.enabled"),
                    "administrators",
                    "rules hold for administrators too",
                    "Administrators can merge what the gate refuses.",
                    MEND));
            String bypassing = Stream.of("users", "teams", "apps")
                    .flatMap(each ->
                            protection.elements("required_pull_request_reviews.bypass_pull_request_allowances." + each))
                    .flatMap(each -> each.text("login").or(() -> each.text("slug")).stream())
                    .reduce((one, two) -> one + ", " + two)
                    .orElse("");
            found.add(Safeguard.of(
                    bypassing.isEmpty(),
                    "bypass",
                    "nobody may pass by a proposal",
                    "These may push without a proposal: " + bypassing + ".",
                    MEND));
        } else {
            found.add(Safeguard.doubtful(
                    "bypass",
                    "Who may pass by the rules only an administrator of the repository can see.",
                    "Ask one to run 'modelgate doctor'."));
        }
        return found;
    }

    /** Users, and Apps by their own users; of teams nobody can be told. */
    private static List<String> logins(Json protection) {
        return Stream.concat(
                        protection.elements("restrictions.users").flatMap(user -> user.text("login").stream()),
                        protection
                                .elements("restrictions.apps")
                                .flatMap(app -> app.text("slug").map(slug -> slug + "[bot]").stream()))
                .toList();
    }

    private static String named(Json protection) {
        return Stream.of("users", "teams", "apps")
                .flatMap(each -> protection.elements("restrictions." + each))
                .flatMap(each -> each.text("login").or(() -> each.text("slug")).stream())
                .reduce((one, two) -> one + ", " + two)
                .orElse("nobody");
    }

    private static Safeguard stale(Json protection, List<Json> rules) {
        boolean dismissed = protection.isTrue("required_pull_request_reviews.dismiss_stale_reviews")
                || of(rules, "pull_request").anyMatch(rule -> rule.isTrue("parameters.dismiss_stale_reviews_on_push"));
        return Safeguards.staleApprovals(dismissed, MEND);
    }

    private static Safeguard styles(Json repository) {
        List<String> others = new ArrayList<>();
        for (String style : List.of("allow_squash_merge", "allow_rebase_merge")) {
            if (repository.isTrue(style)) {
                others.add(style.replace("allow_", "").replace("_merge", ""));
            }
        }
        return Safeguards.mergeCommits(
                others.isEmpty(),
                "The host also offers " + String.join(" and ", others) + ", which make commits that nobody approved.",
                MEND_MERGING);
    }

    /**
     * Sets what {@link #safeguards} asks for.
     *
     * @param gate the only user that may push and so merge, if there is to be one; GitHub has that for organisations only
     */
    void set(Optional<String> gate) {
        Json repository = client.get(repo);
        if (!repository.isTrue("permissions.admin")) {
            throw RegistryException.environment(
                    "Only an administrator of the repository may set its protection.",
                    "Ask one to run 'modelgate doctor --fix', or use a token of one.",
                    null);
        }
        boolean organisation =
                repository.text("owner.type").filter("Organization"::equals).isPresent();
        if (gate.isPresent() && !organisation) {
            throw RegistryException.usage(
                    "GitHub lets only organisations say who may merge.",
                    "Leave out --gate, or move the repository to an organisation.");
        }
        Answer answer = client.ask("GET", path(), "");
        Json old = answer.ok() ? answer.json() : Json.nested();
        Json reviews = Json.nested(
                "dismiss_stale_reviews",
                true,
                "require_code_owner_reviews",
                old.isTrue("required_pull_request_reviews.require_code_owner_reviews"),
                "required_approving_review_count",
                old.integer("required_pull_request_reviews.required_approving_review_count")
                        .orElse(0L));
        List<Object> rule = new ArrayList<>(List.of(
                "required_status_checks",
                checks(old),
                "enforce_admins",
                true,
                "required_pull_request_reviews",
                reviews,
                "allow_force_pushes",
                false,
                "allow_deletions",
                false,
                "restrictions",
                gate.<Object>map(Protection::only).orElseGet(() -> restrictions(old))));
        client.require(client.ask("PUT", path(), Json.object(rule.toArray())), path());
        client.patch(
                repo,
                Json.object("allow_merge_commit", true, "allow_squash_merge", false, "allow_rebase_merge", false));
    }

    /** The checks that are required already, and the gate's. */
    private static Json checks(Json old) {
        List<Json> checks = new ArrayList<>();
        old.elements("required_status_checks.checks")
                .filter(check -> check.text("context").isPresent())
                .map(check -> Json.nested(
                        "context",
                        check.text("context").orElseThrow(),
                        "app_id",
                        check.integer("app_id").orElse(-1L)))
                .forEach(checks::add);
        boolean there = old.elements("required_status_checks.checks")
                .anyMatch(check ->
                        check.text("context").filter(Status.CONTEXT::equals).isPresent());
        if (!there) {
            checks.add(Json.nested("context", Status.CONTEXT, "app_id", -1));
        }
        return Json.nested("strict", old.isTrue("required_status_checks.strict"), "checks", checks);
    }

    /** Who may push, as it is. */
    private static Json restrictions(Json old) {
        return old.at("restrictions").isEmpty()
                ? Json.NOTHING
                : Json.nested(
                        "users", names(old, "users", "login"),
                        "teams", names(old, "teams", "slug"),
                        "apps", names(old, "apps", "slug"));
    }

    private static List<String> names(Json old, String list, String field) {
        return old.elements("restrictions." + list)
                .flatMap(each -> each.text(field).stream())
                .toList();
    }

    private static Json only(String user) {
        return Json.nested("users", List.of(user), "teams", List.of(), "apps", List.of());
    }
}
