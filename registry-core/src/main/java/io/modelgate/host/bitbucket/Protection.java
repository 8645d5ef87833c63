package io.modelgate.host.bitbucket;

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
 * What a Bitbucket Data Center lets happen to the target branch without the gate: branch permissions, required builds and merge
 * strategies (REST API 9.2). Branch permissions hold for administrators too.
 */
final class Protection {
    private static final String PULLS_ONLY = "pull-request-only";
    private static final String FORWARD_ONLY = "fast-forward-only";
    private static final String NO_DELETION = "no-deletes";
    private static final String NO_CHANGES = "read-only";
    private static final String MERGE_COMMIT = "no-ff";
    private static final String MEND = "Set it: 'modelgate doctor --fix' with an administrator's token, or in "
            + "Repository settings > Branch permissions.";
    private static final String MEND_CHECKS = "Set it: 'modelgate doctor --fix' with an administrator's token, or in "
            + "Repository settings > Merge checks.";

    private final HostClient client;
    private final Place place;
    private final String ref;
    private final String branch;

    Protection(HostClient client, Place place, String branch) {
        this.client = client;
        this.place = place;
        this.branch = branch;
        this.ref = Pull.HEADS + branch;
    }

    List<Safeguard> safeguards() {
        List<Safeguard> found = new ArrayList<>();
        found.add(Safeguards.requiredCheck(requiresCheck(), MEND_CHECKS));
        Optional<List<Json>> restrictions = restrictions();
        if (restrictions.isEmpty()) {
            found.add(Safeguards.hidden(branch));
        } else {
            found.addAll(permissions(restrictions.get()));
        }
        found.add(strategies());
        return found;
    }

    private List<Safeguard> permissions(List<Json> all) {
        return List.of(
                Safeguard.of(
                        holds(all, PULLS_ONLY),
                        "pushes",
                        "nobody pushes to " + branch,
                        "Some may push to " + branch + " without a proposal.",
                        MEND),
                Safeguards.history(holds(all, FORWARD_ONLY), MEND),
                Safeguard.of(
                        holds(all, NO_DELETION),
                        "deletion",
                        "nobody deletes " + branch,
                        branch + " can be deleted.",
                        MEND),
                merging(all));
    }

    /** Any reader can set a build status: it protects only if those who merge go by the gate's own. */
    private Safeguard merging(List<Json> all) {
        return of(all, NO_CHANGES)
                .map(rule -> Safeguards.merging(
                        rule.elements("users")
                                .flatMap(user -> user.text("name").stream())
                                .toList(),
                        exempt(rule)))
                .findFirst()
                .orElseGet(() -> Safeguard.doubtful(
                        "merging",
                        "Whoever can read can set the check " + Status.CONTEXT
                                + " by hand: Bitbucket does not tell who set it.",
                        "Let only the gate's user merge: 'modelgate doctor --fix --gate <user>'."));
    }

    private boolean requiresCheck() {
        return new Pages(client)
                .visible(place.in("required-builds") + "/conditions", 100).stream()
                        .flatMap(List::stream)
                        .filter(condition -> condition.texts("buildParentKeys").contains(Status.CONTEXT))
                        .filter(condition ->
                                condition.text("exemptRefMatcher.id").isEmpty())
                        .anyMatch(condition -> matches(condition.at("refMatcher")));
    }

    private Optional<List<Json>> restrictions() {
        return new Pages(client).visible(place.in("branch-permissions") + "/restrictions", 100);
    }

    private boolean matches(Json matcher) {
        String kind = matcher.text("type.id").orElse("");
        return kind.equals("ANY_REF")
                || (kind.equals("BRANCH")
                        && matcher.text("id").filter(ref::equals).isPresent());
    }

    private Stream<Json> of(List<Json> all, String type) {
        return all.stream()
                .filter(rule -> rule.text("type").filter(type::equals).isPresent())
                .filter(rule -> matches(rule.at("matcher")));
    }

    /** Whether a rule is there from which nobody is exempt. */
    private boolean holds(List<Json> all, String type) {
        return of(all, type).anyMatch(rule -> exempt(rule).equals("nobody"));
    }

    private static String exempt(Json rule) {
        List<String> names = new ArrayList<>();
        rule.elements("users").forEach(user -> names.add(user.text("name").orElse("somebody")));
        rule.texts("groups").forEach(group -> names.add("group " + group));
        rule.elements("accessKeys").forEach(key -> names.add("an access key"));
        return names.isEmpty() ? "nobody" : String.join(", ", names);
    }

    private Safeguard strategies() {
        List<String> others = client.get(place.in("api") + "/settings/pull-requests")
                .elements("mergeConfig.strategies")
                .filter(strategy -> strategy.isTrue("enabled"))
                .flatMap(strategy -> strategy.text("id").stream())
                .filter(id -> !id.equals(MERGE_COMMIT))
                .toList();
        return Safeguards.mergeCommits(
                others.isEmpty(),
                "The host also offers " + others + ", which may make commits that nobody approved.",
                "Set it: 'modelgate doctor --fix' with an administrator's token, or in Repository settings > Merge "
                        + "strategies.");
    }

    /**
     * Sets what {@link #safeguards} asks for.
     *
     * @param gate the only user who may merge
     */
    void set(Optional<String> gate) {
        gate.ifPresent(this::letWrite);
        List<Json> all = new Pages(client).all(place.in("branch-permissions") + "/restrictions");
        for (String type : List.of(PULLS_ONLY, FORWARD_ONLY, NO_DELETION)) {
            if (!holds(all, type)) {
                restrict(all, type, List.of());
            }
        }
        gate.filter(user -> of(all, NO_CHANGES).noneMatch(rule -> exempt(rule).equals(user)))
                .ifPresent(user -> restrict(all, NO_CHANGES, List.of(user)));
        if (!requiresCheck()) {
            client.post(
                    place.in("required-builds") + "/condition",
                    Json.object("buildParentKeys", List.of(Status.CONTEXT), "refMatcher", matcher()));
        }
        Json strategy = Json.nested("id", MERGE_COMMIT);
        client.post(
                place.in("api") + "/settings/pull-requests",
                Json.object("mergeConfig", Json.nested("defaultStrategy", strategy, "strategies", List.of(strategy))));
    }

    private void letWrite(String user) {
        String permissions = place.in("api") + "/permissions/users";
        boolean may = new Pages(client)
                .all(permissions + "?filter=" + HostClient.encode(user)).stream()
                        .filter(each ->
                                each.text("user.name").filter(user::equals).isPresent())
                        .anyMatch(each -> each.text("permission")
                                .filter(permission -> !permission.equals("REPO_READ"))
                                .isPresent());
        if (!may) {
            String path = permissions + "?permission=REPO_WRITE&name=" + HostClient.encode(user);
            client.require(client.ask("PUT", path, ""), path);
        }
    }

    /** Makes a rule in the place of those of its type that let more pass. */
    private void restrict(List<Json> all, String type, List<String> users) {
        String path = place.in("branch-permissions") + "/restrictions";
        of(all, type)
                .filter(rule ->
                        rule.text("matcher.type.id").filter("BRANCH"::equals).isPresent())
                .flatMap(rule -> rule.integer("id").stream())
                .forEach(id -> client.ask("DELETE", path + "/" + id, ""));
        client.post(
                path,
                Json.object(
                        "type",
                        type,
                        "matcher",
                        matcher(),
                        "userSlugs",
                        users,
                        "groupNames",
                        List.of(),
                        "accessKeyIds",
                        List.of()));
    }

    private Json matcher() {
        return Json.nested("id", ref, "displayId", branch, "type", Json.nested("id", "BRANCH", "name", "Branch"));
    }
}
