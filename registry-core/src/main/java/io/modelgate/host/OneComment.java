package io.modelgate.host;

import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The one comment of the gate on a proposal, as GitHub's API has comments, and Gitea's after it: found again by its marker and its
 * author, edited, never a second one.
 */
public final class OneComment {
    private static final int MOST = 10_000;

    private final HostClient client;
    private final String repo;
    private final Supplier<Optional<Long>> author;
    private final int longest;

    /** The comments that were written here, by proposal: whoever can write can take the marker out of one. */
    private final Map<Integer, Long> known = new HashMap<>();

    /**
     * @param repo the path of the repository in the API
     * @param author tells the number of the account that comments are by
     * @param longest how many characters the host takes
     */
    public OneComment(HostClient client, String repo, Supplier<Optional<Long>> author, int longest) {
        this.client = client;
        this.repo = repo;
        this.author = author;
        this.longest = longest;
    }

    /** Writes or edits it; of several, as two gates at once may write them, the first stays. */
    public void set(int number, String marker, String markdown) {
        if (!amend(number, marker, markdown)) {
            client.post(comments(number), Json.object("body", CommentText.of(number, marker, markdown, longest)));
            amend(number, marker, markdown);
        }
    }

    /** Edits it where it is there; whether it was. */
    public boolean amend(int number, String marker, String markdown) {
        String text = CommentText.of(number, marker, markdown, longest);
        List<Json> mine = mine(number, marker, markdown);
        mine.stream().findFirst().flatMap(first -> first.integer("id")).ifPresent(id -> known.put(number, id));
        for (int i = 0; i < mine.size(); i++) {
            String one = repo + "/issues/comments/" + mine.get(i).integer("id").orElseThrow();
            if (i > 0) {
                client.ask("DELETE", one, "");
            } else if (!mine.get(i).text("body").filter(text::equals).isPresent()) {
                client.patch(one, Json.object("body", text));
            }
        }
        return !mine.isEmpty();
    }

    private String comments(int number) {
        return repo + "/issues/" + number + "/comments";
    }

    /** The comments of this author that are the one with this marker, or that were written here, the oldest first. */
    private List<Json> mine(int number, String marker, String markdown) {
        Optional<Long> me = author.get();
        Optional<Long> written = Optional.ofNullable(known.get(number));
        return client.all(comments(number) + "?per_page=100", MOST).stream()
                .filter(comment -> comment.integer("user.id").equals(me))
                .filter(comment -> (written.isPresent() && comment.integer("id").equals(written))
                        || comment.text("body")
                                .filter(body -> CommentText.isIt(body, number, marker, markdown))
                                .isPresent())
                .toList();
    }
}
