package io.modelgate.host.bitbucket.cloud;

import io.modelgate.host.Safeguard;
import io.modelgate.host.Safeguards;
import io.modelgate.host.Status;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Bitbucket Cloud lets happen to the target branch without the gate: {@code branch-restrictions} of its API 2.0.
 *
 * @param repo the path of the repository in the API
 */
record Protection(HostClient client, String repo, String branch, Users users) {
    private static final String PUSH = "push";
    private static final String FORCE = "force";
    private static final String DELETE = "delete";
    private static final String MERGE = "restrict_merges";
    private static final String BUILDS = "require_passing_builds_to_merge";
    private static final String ENFORCE = "enforce_merge_checks";
    private static final String RESET = "reset_pullrequest_approvals_on_change";
    private static final String MEND = "Set it: 'modelgate doctor --fix' with an administrator's token, or in "
            + "Repository settings > Branch restrictions.";

    List<Safeguard> safeguards() {
        Optional<List<Json>> seen = new Pages(client).visible(repo + "/branch-restrictions?pagelen=100");
        if (seen.isEmpty()) {
            return List.of(Safeguards.hidden(branch), strategies());
        }
        List<Json> all = seen.get();
        return List.of(
                check(all),
                pushes(all),
                absent(all, FORCE, "history", "forces a push"),
                deletion(all),
                merging(all),
                stale(all),
                strategies());
    }

    /** The host counts builds and does not tell one from another: the check is required only if merging is the gate's. */
    private Safeguard check(List<Json> all) {
        boolean counts = of(all, BUILDS).anyMatch(rule -> rule.integer("value").orElse(0L) > 0);
        if (!counts) {
            return Safeguard.missing(
                    "required check", "A proposal can be merged without the check " + Status.CONTEXT + ".", MEND);
        }
        boolean enforced = of(all, ENFORCE).findAny().isPresent();
        return of(all, MERGE).findAny().isPresent()
                ? Safeguard.holds("required check", "a passing build is needed, and few may merge")
                : Safeguard.doubtful(
                        "required check",
                        (enforced ? "" : "Bitbucket only warns where merge checks are not enforced (a Premium plan); ")
                                + "any passing build counts, not only " + Status.CONTEXT + ".",
                        "Let only the gate's user merge: 'modelgate doctor --fix --gate <user>'.");
    }

    private Safeguard pushes(List<Json> all) {
        List<String> some = of(all, PUSH).flatMap(rule -> exempt(rule).stream()).toList();
        boolean limited = of(all, PUSH).findAny().isPresent();
        return Safeguard.of(
                limited && some.isEmpty(),
                "pushes",
                "nobody pushes to " + branch,
                limited
                        ? "Some may push to " + branch + " without a proposal: " + some + "."
                        : "Whoever can write can push to " + branch + " without a proposal.",
                MEND);
    }

    private Safeguard absent(List<Json> all, String kind, String name, String what) {
        return Safeguard.of(
                of(all, kind).findAny().isPresent(),
                name,
                "nobody " + what,
                "Somebody who " + what + " can take history away.",
                MEND);
    }

    private Safeguard deletion(List<Json> all) {
        return absent(all, DELETE, "deletion", "deletes " + branch);
    }

    private Safeguard merging(List<Json> all) {
        return of(all, MERGE)
                .map(rule -> Safeguards.merging(
                        rule.elements("users")
                                .flatMap(user -> user.text("uuid").stream())
                                .toList(),
                        exempt(rule).isEmpty() ? "nobody" : String.join(", ", exempt(rule))))
                .findFirst()
                .orElseGet(() -> Safeguard.doubtful(
                        "merging",
                        "Whoever can write can set the check " + Status.CONTEXT
                                + " by hand and merge: Bitbucket does not tell who set it.",
                        "Let only the gate's user merge: 'modelgate doctor --fix --gate <user>'."));
    }

    private Safeguard stale(List<Json> all) {
        return Safeguards.staleApprovals(of(all, RESET).findAny().isPresent(), MEND);
    }

    private Safeguard strategies() {
        List<String> others =
                client.get(repo + HostClient.path("refs", "branches", branch)).texts("merge_strategies").stream()
                        .filter(strategy -> !strategy.equals("merge_commit"))
                        .toList();
        return Safeguards.mergeCommits(
                others.isEmpty(),
                "The host also offers " + others + ", which may make commits that nobody approved.",
                "Set it in Repository settings > Merge strategies: the API does not.");
    }

    private Stream<Json> of(List<Json> all, String kind) {
        return all.stream()
                .filter(rule -> rule.text("kind").filter(kind::equals).isPresent())
                .filter(rule ->
                        rule.text("branch_match_kind").filter("glob"::equals).isPresent())
                .filter(rule -> rule.text("pattern")
                        .filter(pattern -> pattern.equals(branch) || pattern.equals("*"))
                        .isPresent());
    }

    private static List<String> exempt(Json rule) {
        List<String> names = new ArrayList<>();
        rule.elements("users")
                .forEach(user -> names.add(
                        user.text("nickname").or(() -> user.text("uuid")).orElse("somebody")));
        rule.elements("groups")
                .forEach(group -> names.add("group " + group.text("slug").orElse("?")));
        return names;
    }

    /**
     * Sets what {@link #safeguards} asks for, as far as the API can.
     *
     * @param gate the only user who may merge
     */
    void set(Optional<String> gate) {
        Optional<String> uuid = gate.map(users::uuid);
        List<Json> all = new Pages(client).all(repo + "/branch-restrictions?pagelen=100");
        List<Json> nobody = List.of();
        put(all, PUSH, "users", nobody, "groups", List.of());
        put(all, FORCE);
        put(all, DELETE);
        put(all, BUILDS, "value", 1);
        put(all, RESET);
        uuid.ifPresent(user -> put(all, MERGE, "users", List.of(Json.nested("uuid", user)), "groups", List.of()));
        if (of(all, ENFORCE).findAny().isEmpty()) {
            // Only a Premium plan has it; what restricts merging to the gate does not need it.
            client.ask("POST", repo + "/branch-restrictions", rule(ENFORCE));
        }
    }

    private void put(List<Json> all, String kind, Object... more) {
        String path = repo + "/branch-restrictions";
        Optional<Long> old = of(all, kind)
                .filter(rule -> rule.text("pattern").filter(branch::equals).isPresent())
                .flatMap(rule -> rule.integer("id").stream())
                .findFirst();
        String body = rule(kind, more);
        if (old.isPresent()) {
            client.require(client.ask("PUT", path + "/" + old.get(), body), path);
        } else {
            client.post(path, body);
        }
    }

    private String rule(String kind, Object... more) {
        List<Object> fields = new ArrayList<>(List.of("kind", kind, "branch_match_kind", "glob", "pattern", branch));
        fields.addAll(List.of(more));
        return Json.object(fields.toArray());
    }
}
