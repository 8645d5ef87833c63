package io.modelgate.host.gitea;

import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.OwnTouches;
import io.modelgate.host.Pushes;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who pushed to the branch of a pull request, and who pushed its head, by what the host took down: what a commit says of its
 * maker is a claim. The host takes a push down a moment after it has taken it; while it has not, nothing is judged.
 *
 * @param touches has the timeline
 * @param merged whether a commit is on the target branch: a branch may have had another proposal before
 */
record Pushers(HostClient client, OwnTouches touches, Accounts accounts, Predicate<String> merged) {
    private static final int PAGE = 50;

    /**
     * What is known of one pull request.
     *
     * @param pushes who pushed
     * @param events what happened to the pull request, in order
     */
    record Timeline(Pushes pushes, List<Json> events) {
        Timeline {
            events = List.copyOf(events);
        }

        /** The numbers of reviews of another change: given before the pull request was last asked to be merged elsewhere. */
        Set<Long> reviewsBeforeRetarget() {
            Set<Long> before = new TreeSet<>();
            Set<Long> seen = new TreeSet<>();
            for (Json event : events) {
                event.integer("review_id").filter(id -> id > 0).ifPresent(seen::add);
                if (is(event, "change_target_branch")) {
                    before.addAll(seen);
                }
            }
            return before;
        }
    }

    /** The pushes; CONFLICT when the host does not say who pushed the head. */
    Timeline of(Pull pull, CommitId head, UserId author) {
        return Pushes.awaited(() -> look(pull, head, author)).orElseThrow(() -> Pushes.unknown(pull.number(), head));
    }

    private Optional<Timeline> look(Pull pull, CommitId head, UserId author) {
        List<Json> timeline = touches.timeline(pull.number());
        List<Json> pushed =
                timeline.stream().filter(event -> is(event, "pull_push")).toList();
        List<Json> feed = feed(pull);
        Set<UserId> users = new TreeSet<>();
        pushed.forEach(event -> GiteaHost.user(event.at("user"), accounts).ifPresent(users::add));
        feed.forEach(entry -> GiteaHost.user(entry.at("act_user"), accounts).ifPresent(users::add));
        Optional<Json> inFeed = feed.stream()
                .filter(entry -> brought(entry).filter(head.toString()::equals).isPresent())
                .findFirst();
        if (inFeed.isPresent()) {
            return told(users, inFeed.map(entry -> entry.at("act_user")), timeline);
        }
        Optional<Json> last = pushed.stream().reduce((one, two) -> two);
        if (last.filter(event -> mentions(event, head)).isPresent()) {
            return told(users, last.map(event -> event.at("user")), timeline);
        }
        boolean isFirstHead =
                last.isEmpty() && feed.isEmpty() && timeline.stream().noneMatch(event -> is(event, "reopen"));
        return isFirstHead
                ? Optional.of(new Timeline(new Pushes(users, Optional.of(author)), timeline))
                : Optional.empty();
    }

    private Optional<Timeline> told(Set<UserId> users, Optional<Json> last, List<Json> timeline) {
        return Optional.of(new Timeline(
                new Pushes(users, last.flatMap(user -> GiteaHost.user(user, accounts))), timeline));
    }

    private static boolean is(Json event, String type) {
        return event.text("type").filter(type::equals).isPresent();
    }

    private static boolean mentions(Json event, CommitId head) {
        return event.text("body").flatMap(Json::of).stream()
                .flatMap(body -> body.texts("commit_ids").stream())
                .anyMatch(head.toString()::equals);
    }

    /** The newest pushes to the branch, as the repository that has it took them down, the latest first. */
    private List<Json> feed(Pull pull) {
        Optional<String> from = pull.json().text("head.repo.full_name");
        Optional<String> branch = pull.json().text("head.ref").map(name -> "refs/heads/" + name);
        return from.isEmpty() || branch.isEmpty()
                ? List.of()
                : entries(from.get())
                        .filter(entry -> entry.text("op_type")
                                .filter("commit_repo"::equals)
                                .isPresent())
                        .filter(entry -> entry.text("ref_name").equals(branch))
                        .takeWhile(entry -> brought(entry).filter(merged).isEmpty())
                        .toList();
    }

    private Stream<Json> entries(String repository) {
        String[] names = repository.split("/", -1);
        return names.length != 2
                ? Stream.empty()
                : client.find(HostClient.path("repos", names[0], names[1]) + "/activities/feeds?limit=" + PAGE).stream()
                        .flatMap(Json::elements);
    }

    private static Optional<String> brought(Json entry) {
        return entry.text("content").flatMap(Json::of).flatMap(content -> content.text("HeadCommit.Sha1"));
    }
}
