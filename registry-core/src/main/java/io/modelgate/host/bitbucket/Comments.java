package io.modelgate.host.bitbucket;

import io.modelgate.host.OneComment;
import io.modelgate.host.PlainMarkdown;
import io.modelgate.host.PullRequests;
import io.modelgate.host.http.Answer;
import io.modelgate.host.http.HostClient;
import io.modelgate.host.http.Json;
import java.util.List;
import java.util.Optional;

/** Comments on a pull request: each has a version, and the host takes no edit of an earlier one. */
final class Comments implements OneComment.Way {
    private final HostClient client;
    private final PullRequests<Pull> pulls;
    private final Users users;

    Comments(HostClient client, PullRequests<Pull> pulls, Users users) {
        this.client = client;
        this.pulls = pulls;
        this.users = users;
    }

    @Override
    public List<Json> own(int proposal) {
        Optional<Long> me = users.self().integer("id");
        return Activities.of(client, pulls.path(proposal))
                .comments()
                .filter(comment -> comment.integer("author.id").equals(me))
                .toList();
    }

    @Override
    public Optional<String> text(Json comment) {
        return comment.text("text");
    }

    @Override
    public String plain(String markdown) {
        return PlainMarkdown.of(markdown);
    }

    @Override
    public void add(int proposal, String text) {
        client.post(of(proposal), Json.object("text", text));
    }

    @Override
    public boolean edit(int proposal, Json comment, String text) {
        String one = one(proposal, comment);
        Answer answer = client.ask("PUT", one, Json.object("text", text, "version", version(comment)));
        return answer.status() != 409 && client.require(answer, one).ok();
    }

    @Override
    public void delete(int proposal, Json comment) {
        client.ask("DELETE", one(proposal, comment) + "?version=" + version(comment), "");
    }

    private String of(int proposal) {
        return pulls.path(proposal) + "/comments";
    }

    private String one(int proposal, Json comment) {
        return of(proposal) + "/" + comment.integer("id").orElseThrow();
    }

    private static long version(Json comment) {
        return comment.integer("version").orElse(0L);
    }
}
