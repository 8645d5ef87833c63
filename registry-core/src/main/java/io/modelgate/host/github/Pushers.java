package io.modelgate.host.github;

import io.modelgate.git.Backoff;
import io.modelgate.git.CommitId;
import io.modelgate.host.Accounts;
import io.modelgate.host.Pushes;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import io.modelgate.manifest.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Who pushed to the branch of a pull request, and who pushed its head, by the activity that the host took down of that branch
 * (docs.github.com, REST API, "List repository activities"): what a commit says of its maker is a claim. While the host does not
 * say who pushed the head, nothing is judged.
 *
 * @param merged whether a commit is on the target branch: a branch may have had another proposal before
 */
record Pushers(HostClient client, Accounts accounts, Predicate<String> merged) {
    private static final int TRIES = 12;

    /** The pushes; CONFLICT when the host does not say who pushed the head. */
    Pushes of(Pull pull, CommitId head) {
        Optional<String> list = activity(pull);
        Backoff backoff = new Backoff();
        for (int tries = 0; list.isPresent() && tries < TRIES && (tries == 0 || backoff.again()); tries++) {
            Answer answer = client.ask("GET", list.get(), "");
            if (answer.status() == 403 || answer.status() == 404) {
                break;
            }
            List<Json> moves = client.require(answer, list.get())
                    .json()
                    .elements()
                    .takeWhile(move -> move.text("after").filter(merged).isEmpty())
                    .toList();
            Optional<Json> brought = moves.stream()
                    .filter(move ->
                            move.text("after").filter(head.toString()::equals).isPresent())
                    .findFirst();
            if (brought.isPresent()) {
                Set<UserId> users = new TreeSet<>();
                moves.forEach(
                        move -> GithubHost.user(move.at("actor"), accounts).ifPresent(users::add));
                return new Pushes(users, GithubHost.user(brought.get().at("actor"), accounts));
            }
        }
        throw Pushes.unknown(
                pull.number(),
                head,
                list.isEmpty()
                        ? "Its fork is gone: push the branch to the registry's repository and propose it from there."
                        : "Try again in a moment; the token needs the right to read contents of the repository that has"
                                + " the branch.");
    }

    /** The newest moves of the branch, in the repository that has it. */
    private static Optional<String> activity(Pull pull) {
        Optional<String> from = pull.json().text("head.repo.full_name");
        Optional<String> branch = pull.json().text("head.ref");
        String[] names = from.orElse("").split("/", -1);
        return branch.isEmpty() || names.length != 2
                ? Optional.empty()
                : Optional.of(HostClient.path("repos", names[0], names[1]) + "/activity?per_page=100&ref="
                        + HostClient.encode("refs/heads/" + branch.get()));
    }
}
