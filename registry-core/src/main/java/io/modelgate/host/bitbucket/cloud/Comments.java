package io.modelgate.host.bitbucket.cloud;

import io.modelgate.host.CommentText;
import io.modelgate.host.PlainMarkdown;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.List;
import java.util.function.Predicate;

/** The one comment of this user that begins with a marker. */
final class Comments {
    private static final int LONGEST = 32_000;

    private final HostClient client;
    private final Users users;
    private final String path;

    /** @param pull the path of the pull request in the API */
    Comments(HostClient client, String pull, Users users) {
        this.client = client;
        this.users = users;
        this.path = pull + "/comments";
    }

    /** Writes the comment, or edits it; where two were written at once, one goes. */
    void set(int number, String marker, String markdown) {
        if (!amend(number, marker, markdown)) {
            add(PlainMarkdown.of(CommentText.of(number, marker, markdown, LONGEST)));
            amend(number, marker, markdown);
        }
    }

    /** Edits the comment where it is there; whether it was. */
    boolean amend(int number, String marker, String markdown) {
        String mark = PlainMarkdown.of(marker).strip();
        String text = PlainMarkdown.of(CommentText.of(number, marker, markdown, LONGEST));
        List<Json> mine = mine(body -> CommentText.isIt(body, number, mark, markdown));
        for (int i = 0; i < mine.size(); i++) {
            String one = path + "/" + mine.get(i).integer("id").orElseThrow();
            if (i > 0) {
                client.ask("DELETE", one, "");
            } else if (mine.get(i).text("content.raw").filter(text::equals).isEmpty()) {
                client.require(client.ask("PUT", one, content(text)), one);
            }
        }
        return !mine.isEmpty();
    }

    void add(String text) {
        client.post(path, content(text));
    }

    private static String content(String text) {
        return Json.object("content", Json.nested("raw", text));
    }

    /** The oldest first. */
    private List<Json> mine(Predicate<String> isIt) {
        return new Pages(client)
                .all(path + "?pagelen=100").stream()
                        .filter(comment -> !comment.isTrue("deleted"))
                        .filter(comment ->
                                comment.text("content.raw").filter(isIt).isPresent())
                        .filter(comment -> users.isSelf(comment.at("user")))
                        .sorted((one, two) -> Long.compare(
                                one.integer("id").orElse(0L), two.integer("id").orElse(0L)))
                        .toList();
    }
}
