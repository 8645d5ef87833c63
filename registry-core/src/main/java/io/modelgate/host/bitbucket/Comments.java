package io.modelgate.host.bitbucket;

import io.modelgate.host.CommentText;
import io.modelgate.host.PlainMarkdown;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.List;
import java.util.function.Predicate;

/** The one comment of this user that begins with a marker. */
final class Comments {
    private static final int LONGEST = 32_000;
    private static final int TRIES = 3;

    private final HostClient client;
    private final Json self;
    private final String pull;

    /** @param pull the path of the pull request in the API */
    Comments(HostClient client, String pull, Json self) {
        this.client = client;
        this.pull = pull;
        this.self = self;
    }

    /** Writes the comment, or edits it; where two were written at once, one goes. */
    void set(int number, String marker, String markdown) {
        if (!amend(number, marker, markdown)) {
            client.post(pull + "/comments", Json.object("text", text(number, marker, markdown)));
            amend(number, marker, markdown);
        }
    }

    /** Edits the comment where it is there; whether it was. */
    boolean amend(int number, String marker, String markdown) {
        String mark = PlainMarkdown.of(marker).strip();
        String text = text(number, marker, markdown);
        for (int tries = 0; tries < TRIES; tries++) {
            List<Json> mine = mine(body -> CommentText.isIt(body, number, mark, markdown));
            mine.stream().skip(1).forEach(this::delete);
            if (mine.isEmpty() || mine.get(0).text("text").filter(text::equals).isPresent()) {
                return !mine.isEmpty();
            }
            Answer answer = edit(mine.get(0), text);
            if (answer.status() != 409 || tries == TRIES - 1) {
                client.require(answer, pull + "/comments");
                return true;
            }
        }
        return true;
    }

    private static String text(int number, String marker, String markdown) {
        return PlainMarkdown.of(CommentText.of(number, marker, markdown, LONGEST));
    }

    private List<Json> mine(Predicate<String> isIt) {
        return Activities.of(client, pull)
                .comments()
                .filter(comment -> comment.integer("author.id").equals(self.integer("id")))
                .filter(comment -> comment.text("text").filter(isIt).isPresent())
                .toList();
    }

    private Answer edit(Json comment, String text) {
        return client.ask("PUT", one(comment), Json.object("text", text, "version", version(comment)));
    }

    private void delete(Json comment) {
        client.ask("DELETE", one(comment) + "?version=" + version(comment), "");
    }

    private String one(Json comment) {
        return pull + "/comments/" + comment.integer("id").orElseThrow();
    }

    private static long version(Json comment) {
        return comment.integer("version").orElse(0L);
    }
}
