package io.modelgate.host.bitbucket;

import io.modelgate.git.CommitId;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the host took down of a pull request, the newest first. A push to its branch is a {@code RESCOPED} that changes
 * {@code fromHash}; one to the target branch changes {@code toHash} only, and so does a change of the target branch. Where
 * neither adds commits to the pull request or takes any away there is no {@code RESCOPED} (docs.atlassian.com, Bitbucket,
 * {@code PullRequestRescopeActivity}).
 *
 * @param newestFirst the activities
 */
record Activities(List<Json> newestFirst) {
    static Activities of(HostClient client, String pull) {
        return new Activities(new Pages(client).all(pull + "/activities"));
    }

    private static boolean is(Json activity, String action) {
        return activity.text("action").filter(action::equals).isPresent();
    }

    /** The pushes to its branch, the newest first. */
    List<Json> pushes() {
        return newestFirst.stream()
                .filter(activity -> is(activity, "RESCOPED"))
                .filter(activity -> !activity.text("fromHash").equals(activity.text("previousFromHash")))
                .toList();
    }

    /** Whether it was declined and opened again. */
    boolean reopened() {
        return newestFirst.stream().anyMatch(activity -> is(activity, "REOPENED"));
    }

    /** What its head was when each user last approved it or asked for changes, by the number of the account. */
    Map<Long, CommitId> decided(CommitId now) {
        Map<Long, CommitId> heads = new HashMap<>();
        List<Json> pushes = pushes();
        CommitId head = now;
        for (Json activity : newestFirst) {
            if (pushes.contains(activity)) {
                head = activity.commit("previousFromHash").orElse(head);
            } else if (is(activity, "APPROVED") || is(activity, "REVIEWED")) {
                CommitId then = head;
                activity.integer("user.id").ifPresent(user -> heads.putIfAbsent(user, then));
            }
        }
        return heads;
    }

    /**
     * Those who approved it since it may last have been asked to be merged elsewhere, by the number of the account; empty where
     * nothing tells that it ever was.
     *
     * @param onTarget whether a commit is on the target branch
     */
    Optional<Set<Long>> approvedSinceRetarget(Predicate<CommitId> onTarget) {
        Set<Long> since = new TreeSet<>();
        for (Json activity : newestFirst) {
            if (mayRetarget(activity, onTarget)) {
                return Optional.of(since);
            }
            if (is(activity, "APPROVED")) {
                activity.integer("user.id").ifPresent(since::add);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the target branch may have been changed by it. No field says so: a target moves along the target branch, else it was
     * another one; and an update that is not about reviewers is not told what it is about.
     */
    private static boolean mayRetarget(Json activity, Predicate<CommitId> onTarget) {
        if (is(activity, "UPDATED")) {
            return Stream.of("addedReviewers", "removedReviewers")
                    .allMatch(list -> activity.at(list).isEmpty());
        }
        Optional<CommitId> before = activity.commit("previousToHash");
        Optional<CommitId> after = activity.commit("toHash");
        boolean stayed = before.isPresent() && before.equals(after);
        boolean moved =
                before.filter(onTarget).isPresent() && after.filter(onTarget).isPresent();
        return is(activity, "RESCOPED") && !stayed && !moved;
    }

    /** The comments on the pull request as a whole, the oldest first. */
    Stream<Json> comments() {
        return newestFirst.stream()
                .filter(activity -> is(activity, "COMMENTED"))
                .filter(activity -> activity.at("commentAnchor").isEmpty())
                .map(activity -> activity.at("comment"))
                .filter(comment -> comment.integer("id").isPresent())
                .sorted((one, two) -> Long.compare(
                        one.integer("id").orElse(0L), two.integer("id").orElse(0L)));
    }

    /** The commit that the host merged it as. */
    Optional<CommitId> merged() {
        return newestFirst.stream()
                .filter(activity -> is(activity, "MERGED"))
                .findFirst()
                .flatMap(activity -> activity.commit("commit.id"));
    }
}
