package io.modelgate.host.bitbucket;

import io.modelgate.git.CommitId;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the host took down of a pull request, the newest first. A push to its branch is a {@code RESCOPED} that changes
 * {@code fromHash}; one to the target branch changes {@code toHash} only.
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
